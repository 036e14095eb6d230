import { requirements } from "../../program/requirements.gen.ts";
import { tierTitle, tiers } from "../../program/tier.ts";
import { weightOf, type Audit, type Weight } from "../audit.ts";
import { tierAbove, type Found, type RequirementReport } from "../report.ts";
import { facts, verdict, verdictBasis } from "./facts.ts";
import { lengthOf, wrapLine, type Line, type Span } from "./line.ts";
import { markedWords } from "./marked-words.ts";
import { outcomeNames } from "./outcome-names.ts";
import { shownText } from "./shown-text.ts";

const labelWidth = Math.max(...Object.values(outcomeNames).map(({ label }) => label.length)) + 2;
const idWidth = Math.max(...requirements.map(({ id }) => id.length));
const indent = " ".repeat(4);

/**
 * An audit as lines for a person at a terminal. Everything is told without colours too.
 *
 * @param columns How wide the terminal is, in characters.
 */
export function terminalLines(audit: Audit, columns: number): readonly Line[] {
  const { report } = audit;
  const wrap = (line: Line) => wrapIndented(line, columns);
  const groups = tiers.flatMap(({ id, title }) => [
    [],
    [strong(title)],
    ...report.requirements
      .filter(({ tier }) => tier === id)
      .flatMap((requirement) => requirementLines(requirement, audit, columns)),
  ]);
  const warnings = report.warnings.flatMap(({ id, evidence, advice }) => [
    [plain("  "), { tone: "warning", text: "warning".padEnd(labelWidth) } as const, plain(id)],
    ...evidence.slice(0, 3).flatMap((found) => wrap([dim(place(found)), quoted(found)])),
    ...wrap([plain(shownText(advice))]),
  ]);
  return [
    [tierSpan(audit), plain(` ${verdictBasis(audit)}`)],
    ...facts(audit).flatMap(([label, value]) =>
      wrapLine([plain(value)], columns, {
        first: [plain("  "), dim(label.padEnd(18))],
        others: " ".repeat(20),
      }),
    ),
    ...groups,
    ...(warnings.length === 0 ? [] : [[], [strong("Beside the tier")], ...warnings]),
    [],
    ...closingLines(audit, columns),
  ];
}

/** An audit as plain text, for a file. */
export function terminalReport(audit: Audit): string {
  const lines = terminalLines(audit, 100).map((line) => line.map(({ text }) => text).join(""));
  return `${lines.join("\n")}\n`;
}

function requirementLines(
  requirement: RequirementReport,
  audit: Audit,
  columns: number,
): readonly Line[] {
  const wrap = (line: Line) => wrapIndented(line, columns);
  const { id, outcome, title, evidence, near, advice, waiver } = requirement;
  const weight = weightOf(requirement, audit);
  const label = outcomeNames[outcome].label.padEnd(labelWidth);
  const head: Line = [plain("  "), { tone: toneOf(weight, outcome), text: label }, plain(id)];
  if (outcome === "not-applicable") return [head];
  if (weight === "none" && outcome !== "attest") {
    const places = evidence.slice(0, 3).map(place).join(", ");
    if (places === "") return [head];
    const gap = plain(" ".repeat(Math.max(2, idWidth + 2 - id.length)));
    const row: Line = [...head, gap, dim(places)];
    return lengthOf(row) <= columns ? [row] : [head, ...wrap([dim(places)])];
  }
  return [
    head,
    ...wrap([dim(shownText(title))]),
    ...evidence.slice(0, 3).flatMap((found) => wrap([dim(place(found)), quoted(found)])),
    ...near.slice(0, 3).flatMap((miss) => wrap([dim(place(miss)), ...differences(miss)])),
    ...(waiver ? wrap([plain(`until ${waiver.until}: ${shownText(waiver.reason)}`)]) : []),
    ...(advice === "" ? [] : wrap([plain(shownText(advice))])),
  ];
}

function wrapIndented(line: Line, columns: number): readonly Line[] {
  return wrapLine(line, columns, { first: [plain(indent)], others: indent });
}

function closingLines(audit: Audit, columns: number): readonly Line[] {
  const { report, required } = audit;
  const next = tierAbove(report.tier);
  const missing = report.requirements.filter(
    (requirement) =>
      requirement.tier === next && ["failure", "shortfall"].includes(weightOf(requirement, audit)),
  );
  const failed = report.requirements.some(
    (requirement) => weightOf(requirement, audit) === "failure",
  );
  const texts = [
    ...(next && missing.length > 0
      ? [plain(`To ${tierTitle(next)}: ${missing.map(({ id }) => id).join(", ")}.`)]
      : []),
    ...(report.pending.length > 0
      ? [plain(`Pending, for a person or a recorded run: ${report.pending.join(", ")}.`)]
      : []),
    ...(required === undefined
      ? []
      : [
          failed
            ? ({ tone: "bad", text: `The tier ${tierTitle(required)} is not met.` } as const)
            : ({ tone: "good", text: `The tier ${tierTitle(required)} is met.` } as const),
        ]),
  ];
  return texts.flatMap((text) => wrapLine([text], columns, { first: [], others: "  " }));
}

function differences(miss: RequirementReport["near"][number]): readonly Span[] {
  if (miss.words.length === 0) return [quoted(miss)];
  const tones = { same: "plain", extra: "bad", missing: "good" } as const;
  return markedWords(miss).map(({ kind, text }) => ({ tone: tones[kind], text }));
}

function quoted({ text }: Found): Span {
  return plain(text === "" ? "" : `“${shownText(text)}”`);
}

function place({ path, line }: Found): string {
  return `${shownText(path)}:${line}`;
}

function tierSpan(audit: Audit): Span {
  return { tone: audit.report.tier === "none" ? "bad" : "good", text: verdict(audit) };
}

function toneOf(weight: Weight, outcome: RequirementReport["outcome"]): Span["tone"] {
  if (outcome === "not-applicable") return "dim";
  if (outcome === "attest") return "warning";
  const tones = { failure: "bad", shortfall: "bad", remark: "warning", none: "good" } as const;
  return tones[weight];
}

function plain(text: string): Span {
  return { tone: "plain", text };
}

function strong(text: string): Span {
  return { tone: "strong", text };
}

function dim(text: string): Span {
  return { tone: "dim", text };
}
