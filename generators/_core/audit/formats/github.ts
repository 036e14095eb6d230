import { printable } from "../../project/printable.ts";
import { weightOf, type Audit } from "../audit.ts";
import type { Found } from "../report.ts";
import { verdict, verdictBasis } from "./facts.ts";
import { markedWords } from "./marked-words.ts";
import { outcomeNames } from "./outcome-names.ts";
import { shownText } from "./shown-text.ts";

/**
 * An audit as workflow commands, which GitHub shows as annotations beside the lines: errors for what
 * stands in the way of the tier that was asked for, warnings for other shortfalls, notices for what
 * only has to be looked at.
 */
export function githubReport(audit: Audit): string {
  const requirements = audit.report.requirements.flatMap((requirement) => {
    const level = levels[weightOf(requirement, audit)];
    if (level === undefined) return [];
    const { id, outcome, title, evidence, near, advice } = requirement;
    const [miss] = near;
    const words = miss ? markedWords(miss).map(({ text }) => text) : [];
    const found = words.length === 0 ? [] : [`found: ${words.join(" ")}`];
    const message = [title, ...found, advice].filter((text) => text !== "").map(shownText);
    const name = `${id}: ${outcomeNames[outcome].label}`;
    return [annotation(level, name, message.join("\n"), miss ?? evidence[0])];
  });
  const warnings = audit.report.warnings.map(({ id, evidence, advice }) =>
    annotation("notice", id, shownText(advice), evidence[0]),
  );
  const summary = annotation("notice", "Deployment solution program", conclusion(audit), undefined);
  return `${[...requirements, ...warnings, summary].join("\n")}\n`;
}

const levels = {
  failure: "error",
  shortfall: "warning",
  remark: "notice",
  none: undefined,
} as const;

function conclusion(audit: Audit): string {
  return `${verdict(audit)}, ${verdictBasis(audit)} (revision ${audit.report.program})`;
}

function annotation(
  level: "error" | "warning" | "notice",
  title: string,
  message: string,
  place: Pick<Found, "path" | "line"> | undefined,
): string {
  const properties = [
    ...(place ? [`file=${escapeProperty(printable(place.path))}`, `line=${place.line}`] : []),
    `title=${escapeProperty(title)}`,
  ];
  return `::${level} ${properties.join(",")}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
