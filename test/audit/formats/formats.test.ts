import { applyPatch } from "diff";
import type { Log, Region, Result } from "sarif";
import { describe, expect, it } from "vitest";
import type { Audit } from "../../../generators/_core/audit/audit.ts";
import { badgeReport } from "../../../generators/_core/audit/formats/badge.ts";
import { githubReport } from "../../../generators/_core/audit/formats/github.ts";
import { excerpt } from "../../../generators/_core/audit/formats/html/excerpt.ts";
import { htmlReport } from "../../../generators/_core/audit/formats/html/page.ts";
import { junitReport } from "../../../generators/_core/audit/formats/junit.ts";
import { markdownReport } from "../../../generators/_core/audit/formats/markdown.ts";
import { sarifReport } from "../../../generators/_core/audit/formats/sarif.ts";
import { terminalLines } from "../../../generators/_core/audit/formats/terminal.ts";
import { unifiedPatch } from "../../../generators/_core/audit/patch.ts";
import { formats } from "../../../generators/_core/audit/formats/formats.ts";
import { auditOf, hostileReport, mixedAudit, mixedReport, reportOf } from "./audits.ts";

describe.for(Object.entries(formats))("%s", ([, { begins, load }]) => {
  it("begins as an older report of its own is told by", async () => {
    const format = await load();
    expect(format(mixedAudit)).toMatch(begins);
    expect(format(auditOf(hostileReport))).toMatch(begins);
    expect("# Example\n").not.toMatch(begins);
  });
});

describe("the terminal's report", () => {
  it.for([60, 80, 120])("fits into %d columns", (columns) => {
    for (const line of textLines(mixedAudit, columns)) {
      expect(line.length, line).toBeLessThanOrEqual(columns);
    }
  });

  it("tells without colours which words differ, where, and what to do", () => {
    const text = textLines(mixedAudit, 200).join("\n");
    expect(text).toContain(
      "README.md:7 will make an effort to update [-soon-] {+to the secure version within 10 days+}",
    );
    expect(text).toMatch(/near miss +security-commitment/);
    expect(text).toContain("until 2027-01-31: The page about arm64 comes with 2.0.");
    expect(text).toContain("The tier Registered is not met.");
    expect(text).toContain("To Registered: security-commitment, changelog.");
  });

  it("keeps to one line for what is met", () => {
    const text = textLines(auditOf(reportOf()), 80).join("\n");
    expect(text).toMatch(/^Certified /);
    expect(text).not.toContain("Write");
  });
});

describe("SARIF", () => {
  it("weighs by the tier that is asked for", () => {
    const levels = Object.fromEntries(
      results(mixedAudit).map(({ ruleId, level }) => [ruleId, level]),
    );
    expect(levels).toEqual({
      "documentation-official-link": "note",
      "documentation-production-steps": "note",
      "documentation-unofficial-options": "note",
      "security-commitment": "error",
      changelog: "error",
      "upgrade-command": "warning",
      "floating-version": "note",
    });
    const strict = results({ ...mixedAudit, strict: true }).map(({ level }) => level);
    expect(strict.slice(0, 3)).toEqual(["error", "error", "error"]);
  });

  it("keeps its fingerprints when lines move and are wrapped anew, and tells other words apart", () => {
    expect(prints(7, "We try to update.")).toEqual(prints(70, "We try\n  to update."));
    expect(prints(7, "We try to update.")).not.toEqual(prints(7, "We try to upgrade."));
  });

  it.for([
    ["at the end", "a\nb\n", "a\nb\n\nnew\n"],
    ["at the end of a file without a line break", "a\nb", "a\nb\n\nnew\n"],
    ["in the middle, twice", "a\nb\nc\nd\n", "a\nx\nb\nc\ny\nz\nd\n"],
    ["at the beginning", "a\n", "new\na\n"],
    ["in place of lines", "a\nb\nc\n", "a\nB\nB\nc\n"],
    ["with the line ends of Windows", "a\r\nb\r\n", "a\r\nnew\r\nb\r\n"],
  ] as const)("has fixes that make the file: %s", ([, before, after]) => {
    const fix = { id: "changelog", path: "CHANGELOG.md", before, after };
    const report = reportOf({ changelog: { outcome: "unmet", evidence: [] } });
    const [result] = results(auditOf(report, { fixes: [fix] }));
    expect(result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe("CHANGELOG.md");
    const change = result?.fixes?.[0]?.artifactChanges[0];
    const made = change?.replacements.reduceRight<string>(
      (text, { deletedRegion, insertedContent }) =>
        replaceRegion(text, deletedRegion, insertedContent?.text ?? ""),
      before,
    );
    expect(made).toBe(after);
    expect(applyPatch(before, unifiedPatch(fix))).toBe(after);
  });

  it("shows a waiver as a suppression with its reason", () => {
    const waived = results(mixedAudit).find(({ suppressions }) => suppressions);
    expect(waived).toMatchObject({
      ruleId: "documentation-unofficial-options",
      suppressions: [{ justification: "until 2027-01-31: The page about arm64 comes with 2.0." }],
    });
  });

  it("leads from each rule to the program's page, at its heading", () => {
    const rules = log(mixedAudit).runs[0]?.tool.driver.rules ?? [];
    expect(rules.find(({ id }) => id === "security-commitment")?.helpUri).toBe(
      "https://docs.mattermost.com/deployment-guide/server/orchestration.html#security-updates",
    );
  });
});

describe("JUnit", () => {
  it("fails what the tier asks for, skips what stands above it and what a person tells", () => {
    expect(counts(mixedAudit)).toBe('tests="13" failures="2" errors="0" skipped="3"');
    expect(counts({ ...mixedAudit, required: undefined })).toBe(
      'tests="13" failures="2" errors="1" skipped="2"',
    );
    expect(counts({ ...mixedAudit, required: "community" })).toBe(
      'tests="13" failures="0" errors="0" skipped="5"',
    );
  });
});

describe("annotations", () => {
  it("stand at their lines, and are errors for the tier that is asked for alone", () => {
    const lines = githubReport(mixedAudit).split("\n");
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^::error file=README\.md,line=7,title=security-commitment%3A near miss::/,
      ),
    );
    expect(lines).toContainEqual(expect.stringMatching(/^::warning title=upgrade-command%3A /));
    expect(lines.filter((line) => line.startsWith("::error"))).toHaveLength(2);
  });
});

describe("the badge", () => {
  it("is bound to the commit and to the revision of the program", () => {
    const text = badgeReport(mixedAudit);
    expect(text).toContain("Community · 0123456 · 2025-07-31");
    expect(text).toContain(mixedReport.repository.commit);
  });
});

describe("Markdown and HTML", () => {
  it.for([markdownReport, htmlReport])("hold every requirement and the patch: %o", (format) => {
    const text = format(mixedAudit);
    for (const { id } of mixedReport.requirements) expect(text).toContain(id);
    expect(text).toContain("+We highly recommend users subscribe");
    expect(text).toContain("[-soon-]");
    expect(text).toContain("{+to the secure version within 10 days+}");
  });

  it("show evidence in its place, wrapped lines together", () => {
    const sources = new Map([
      ["README.md", "# A\r\n\r\nWe update\r\nwithin 10 days.\r\n\r\nMore.\r\n"],
    ]);
    const found = { path: "README.md", line: 3, text: "We update within 10 days." };
    expect(excerpt(sources, found)).toEqual([
      { number: 2, text: "", isFound: false },
      { number: 3, text: "We update", isFound: true },
      { number: 4, text: "within 10 days.", isFound: true },
      { number: 5, text: "", isFound: false },
    ]);
    expect(excerpt(sources, { ...found, line: 99 })).toEqual([]);
    expect(excerpt(sources, { ...found, path: "other" })).toEqual([]);
  });
});

function textLines(audit: Audit, columns: number): readonly string[] {
  return terminalLines(audit, columns).map((line) => line.map(({ text }) => text).join(""));
}

function prints(line: number, text: string) {
  const near = [{ path: "README.md", line, text, words: [] }];
  const report = reportOf({ "security-commitment": { outcome: "near", evidence: [], near } });
  return results(auditOf(report)).map(({ partialFingerprints }) => partialFingerprints);
}

function counts(audit: Audit): string | undefined {
  return /tests="\d+" failures="\d+" errors="\d+" skipped="\d+"/.exec(junitReport(audit))?.[0];
}

function log(audit: Audit): Log {
  const value: Log = JSON.parse(sarifReport(audit));
  return value;
}

function results(audit: Audit): readonly Result[] {
  return log(audit).runs[0]?.results ?? [];
}

function replaceRegion(
  text: string,
  { startLine = 1, endLine = 1 }: Region,
  inserted: string,
): string {
  const lines = text.split(/(?<=\n)/);
  return [...lines.slice(0, startLine - 1), inserted, ...lines.slice(endLine - 1)].join("");
}
