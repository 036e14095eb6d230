import { GFM, parser } from "@lezer/markdown";
import { describe, expect, it } from "vitest";
import type { Audit } from "../../../generators/_core/audit/audit.ts";
import { badgeReport } from "../../../generators/_core/audit/formats/badge.ts";
import { githubReport } from "../../../generators/_core/audit/formats/github.ts";
import { htmlReport } from "../../../generators/_core/audit/formats/html/page.ts";
import { jsonReport } from "../../../generators/_core/audit/formats/json.ts";
import { junitReport } from "../../../generators/_core/audit/formats/junit.ts";
import { markdownReport } from "../../../generators/_core/audit/formats/markdown.ts";
import { sarifReport } from "../../../generators/_core/audit/formats/sarif.ts";
import { terminalReport } from "../../../generators/_core/audit/formats/terminal.ts";
import { programPage } from "../../../generators/_core/program/requirement.ts";
import { auditOf, hostileReport, hostileText } from "./audits.ts";

const before = `${hostileText}\n`;
const edit = { path: hostileText, before, after: `${before}${hostileText}\n` };
const audit: Audit = auditOf(hostileReport, {
  sources: new Map([[hostileText, before]]),
  fixes: [{ id: "changelog", ...edit }],
  patch: [edit],
});

const formats: readonly (readonly [string, (audit: Audit) => string])[] = [
  ["terminal", terminalReport],
  ["JSON", jsonReport],
  ["SARIF", sarifReport],
  ["Markdown", markdownReport],
  ["JUnit", junitReport],
  ["GitHub", githubReport],
  ["badge", badgeReport],
  ["HTML", htmlReport],
];

describe("a repository that wants to be seen", () => {
  it.for(formats)("has nothing to say to a terminal: %s", ([, format]) => {
    const text = format(audit);
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  });

  it("gives GitHub no command", () => {
    const lines = githubReport(audit).trimEnd().split("\n");
    expect(lines.length).toBeGreaterThan(4);
    for (const line of lines) {
      expect(line).toMatch(
        /^::(error|warning|notice) (file=[^,:]*,line=\d+,)?title=[^,:]*::[^\n]*$/,
      );
    }
  });

  it("puts neither links nor HTML into Markdown, and calls nobody", () => {
    const text = markdownReport(audit);
    const nodes: { readonly name: string; readonly text: string }[] = [];
    parser
      .configure(GFM)
      .parse(text)
      .iterate({
        enter: ({ name, from, to }) => void nodes.push({ name, text: text.slice(from, to) }),
      });
    const named = (wanted: RegExp) => nodes.filter(({ name }) => wanted.test(name));
    const mark = { name: "CommentBlock", text: "<!-- mattermost-deployment check -->" };
    expect(named(/HTML|Comment|Entity|Image|Autolink/)).toEqual([mark]);
    expect(named(/^URL$/).length).toBeGreaterThan(10);
    for (const url of named(/^URL$/)) expect(url.text).toContain(programPage);
    const code = named(/^(InlineCode|FencedCode)$/).map((node) => node.text);
    const prose = code.reduce((rest, part) => rest.replace(part, () => ""), text);
    expect(prose).not.toMatch(/(^|[^\\])(@everyone|<script)|^::/m);
  });

  it("puts no element into HTML", () => {
    const text = htmlReport(audit);
    expect(text).not.toMatch(/<script|<\/style>[\s\S]*<\/style>|\son\w+=/i);
    expect(text).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  });
});
