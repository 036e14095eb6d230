import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { applyWaivers, parseWaivers } from "../../generators/_core/audit/waivers.ts";
import { UserError } from "../../generators/_core/user-error.ts";
import { schemaProblems } from "../schema-problems.ts";
import { mixedReport, reportOf } from "./formats/audits.ts";

const text = `# Until 2.0.
waivers:
  - requirement: changelog
    reason: Releases are announced on the project's site.
    until: 2026-12-31
  - requirement: upgrade-command
    reason: The command comes with 2.0.
    until: 2026-11-21
`;
const today = "2026-11-22";

describe("a waiver file", () => {
  it("is read with the lines on which its waivers stand, and is valid by its schema", () => {
    expect(parseWaivers(text).map(({ requirement, line }) => [requirement, line])).toEqual([
      ["changelog", 3],
      ["upgrade-command", 6],
    ]);
    expect(schemaProblems("waivers", parse(text))).toEqual([]);
  });

  it.for<[string, string, RegExp]>([
    ["is empty", "", /at its top level: found null/],
    ["is a list", "- changelog\n", /waivers: found nothing/],
    ["is no YAML", "waivers: [\n", /line \d+: /],
    ["has another key", text.replace("reason:", "why:"), /waivers\.0\.(why|reason)/],
    ["has another key above", `${text}extra: 1\n`, /extra: found a key that does not exist/],
    [
      "names no requirement",
      text.replace("changelog", "changelogs"),
      /changelogs, which is no requirement; did you mean changelog\?/,
    ],
    ["has no reason", text.replace("The command comes with 2.0.", "later"), /found no reason/],
    ["has no end", text.replace("2026-12-31", "never"), /found never, expected a day/],
    ["ends on a day that never comes", text.replace("12-31", "02-30"), /found 2026-02-30/],
    ["waives twice", text.replace("upgrade-command", "changelog"), /changelog: found twice/],
    ["has an alias", "a: &a [1]\nwaivers: *a\n", /found an alias/],
  ])("that %s is refused with what is wrong", ([, broken, problem]) => {
    const refusal = refusalOf(() => parseWaivers(broken));
    expect(refusal.problems.join("\n")).toMatch(problem);
  });
});

describe("a waiver", () => {
  it("makes its requirement count, and says why and until when", () => {
    const report = reportOf({ changelog: { outcome: "unmet", evidence: [] } });
    expect(report.tier).toBe("community");
    const waived = applyWaivers(report, parseWaivers(text), "2026-11-20");
    expect(waived.tier).toBe("certified");
    expect(waived.requirements.find(({ id }) => id === "changelog")).toMatchObject({
      outcome: "waived",
      waiver: { reason: "Releases are announced on the project's site.", until: "2026-12-31" },
    });
  });

  it("holds to the end of its last day; then the requirement counts again, with a warning", () => {
    const report = reportOf({ "upgrade-command": { outcome: "unmet", evidence: [] } });
    const outcomes = ["2026-11-21", today].map((day) => {
      const { tier, warnings } = applyWaivers(report, parseWaivers(text), day);
      return { tier, ids: warnings.map(({ id }) => id) };
    });
    expect(outcomes).toEqual([
      { tier: "certified", ids: ["waiver-without-effect"] },
      { tier: "registered", ids: ["waiver-without-effect", "waiver-expired"] },
    ]);
  });

  it("neither hides what is met nor takes an attestation away", () => {
    const waivers = parseWaivers(
      "waivers:\n  - {requirement: installation-basic-test, reason: Nobody had time., until: 2026-12-31}\n",
    );
    const { pending, warnings } = applyWaivers(mixedReport, waivers, today);
    expect(pending).toEqual(["installation-basic-test"]);
    expect(warnings.map(({ id }) => id)).toContain("waiver-without-effect");
  });
});

function refusalOf(action: () => unknown): UserError {
  try {
    action();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}
