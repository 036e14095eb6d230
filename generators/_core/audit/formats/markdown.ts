import { codeSpan, escapeMarkdown } from "../../program/markdown.ts";
import { tierTitle, tiers } from "../../program/tier.ts";
import { weightOf, type Audit } from "../audit.ts";
import { unifiedPatch } from "../patch.ts";
import { printable } from "../../project/printable.ts";
import { tierAbove, type Found, type RequirementReport, type Warning } from "../report.ts";
import { facts, verdict, verdictBasis } from "./facts.ts";
import { markedWords } from "./marked-words.ts";
import { outcomeNames } from "./outcome-names.ts";
import { requirementHelp } from "./requirement-help.ts";
import { shownText } from "./shown-text.ts";

/**
 * An audit as Markdown, for the summary of a job or a comment. Text of the repository stands in code
 * alone, where it is no link and calls nobody.
 */
export function markdownReport(audit: Audit): string {
  const { requirements, warnings, pending } = audit.report;
  const open = requirements.filter((requirement) => weightOf(requirement, audit) !== "none");
  return [
    "<!-- mattermost-deployment check -->",
    `# ${verdict(audit)}`,
    `${verdict(audit)}, ${verdictBasis(audit)}.`,
    facts(audit)
      .map(([label, value]) => `- ${label}: ${codeSpan(value)}`)
      .join("\n"),
    ...tiers.flatMap(({ id, title }) => [
      `## ${title}`,
      table(requirements.filter(({ tier }) => tier === id)),
    ]),
    ...(open.length === 0 ? [] : ["## What to look at", ...open.map(details)]),
    ...(pending.length === 0
      ? []
      : [`Pending, for a person or a recorded run: ${pending.map(codeSpan).join(", ")}.`]),
    ...(warnings.length === 0 ? [] : ["## Beside the tier", warnings.map(warningItem).join("\n")]),
    ...patchSection(audit),
    "",
  ]
    .join("\n\n")
    .replace(/\n+$/, "\n");
}

function table(requirements: readonly RequirementReport[]): string {
  const rows = requirements.map(({ id, outcome, title, evidence }) => {
    const place = evidence[0] ? tableCode(placeOf(evidence[0])) : "";
    return `| ${outcomeNames[outcome].label} | [${id}](${requirementHelp(id)}) | ${prose(title)} | ${place} |`;
  });
  return [
    "| | Requirement | What must be there | Where |",
    "| --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

function details({ id, outcome, evidence, near, advice, waiver }: RequirementReport): string {
  const { label, meaning } = outcomeNames[outcome];
  return [
    `### ${id}: ${label}`,
    "",
    `${label.charAt(0).toUpperCase()}${label.slice(1)}: ${meaning}.`,
    "",
    ...evidence.slice(0, 5).map((found) => `- ${quotation(found)}`),
    ...near.slice(0, 5).map((miss) => {
      const words = markedWords(miss).map(({ text }) => text);
      return words.length === 0
        ? `- ${quotation(miss)}`
        : `- ${codeSpan(placeOf(miss))}: ${codeSpan(words.join(" "))}`;
    }),
    ...(waiver ? [`- until ${waiver.until}: ${codeSpan(shownText(waiver.reason))}`] : []),
    ...(advice === "" ? [] : ["", prose(advice)]),
  ]
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function warningItem({ id, evidence, advice }: Warning): string {
  const places = evidence.slice(0, 5).map((found) => codeSpan(placeOf(found)));
  const where = places.length === 0 ? "" : ` (${places.join(", ")})`;
  return `- **${id}**${where}: ${prose(advice)}`;
}

function patchSection({ report, patch }: Audit): readonly string[] {
  const next = tierAbove(report.tier);
  if (patch.length === 0 || next === undefined) return [];
  const text = patch.map(unifiedPatch).join("").split("\n").map(printable).join("\n");
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return [`## Towards ${tierTitle(next)}`, `${fence}diff\n${text.trimEnd()}\n${fence}`];
}

/** Words that a site would make a link or a mention of stand in code. */
function prose(text: string): string {
  const words = shownText(text).split(" ");
  return words
    .map((word) => (/@|:\/\/|^www\./i.test(word) ? codeSpan(word) : escapeMarkdown(word)))
    .join(" ");
}

function quotation(found: Found): string {
  const text = shownText(found.text);
  return text === "" ? codeSpan(placeOf(found)) : `${codeSpan(placeOf(found))}: ${codeSpan(text)}`;
}

function placeOf({ path, line }: Found): string {
  return `${shownText(path)}:${line}`;
}

/** A bar ends a cell of a table, in code too. */
function tableCode(text: string): string {
  return codeSpan(text).replaceAll("|", "\\|");
}
