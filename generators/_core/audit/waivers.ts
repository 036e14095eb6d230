import * as v from "valibot";
import { isMap, isSeq, LineCounter, parseDocument, type Document } from "yaml";
import { requirements } from "../program/requirements.gen.ts";
import { suggestion } from "../project/suggestion.ts";
import { UserError } from "../user-error.ts";
import { isShortfall, tierOf, type Report, type Warning } from "./report.ts";
import { waiversPath } from "./waivers-path.ts";

/** A requirement that the maintainers leave out for a while. */
export interface Waiver {
  /** The id of the requirement. */
  readonly requirement: string;
  readonly reason: string;
  /** The last day for which it holds, `YYYY-MM-DD`. */
  readonly until: string;
  /** Where it stands in {@link waiversPath}, from 1 on. */
  readonly line: number;
}

const fileSchema = v.strictObject({
  $schema: v.optional(v.string()),
  waivers: v.array(
    v.strictObject({
      requirement: v.pipe(v.string(), v.check(isRequirement, unknownRequirement)),
      reason: v.pipe(v.string(), v.trim(), v.minLength(10, "found no reason, expected a sentence")),
      until: v.pipe(
        v.string(),
        v.check(isDay, (issue) => `found ${issue.input}, expected a day as YYYY-MM-DD`),
      ),
    }),
  ),
});

/**
 * Parses the text of a waiver file.
 *
 * @throws UserError naming everything that is wrong with it.
 * @see schemas/waivers.schema.json in this package
 */
export function parseWaivers(text: string): readonly Waiver[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, stringKeys: true });
  const [error] = document.errors;
  if (error) throw broken([`line ${error.linePos?.[0].line ?? 1}: ${firstLine(error.message)}`]);
  const parsed = v.safeParse(fileSchema, valueOf(document));
  if (!parsed.success) throw broken(parsed.issues.map(problemOf));
  const { waivers } = parsed.output;
  const twice = waivers.filter(
    ({ requirement }, index) =>
      waivers.findIndex((other) => other.requirement === requirement) !== index,
  );
  if (twice.length > 0) throw broken(twice.map(({ requirement }) => `${requirement}: found twice`));
  return waivers.map((waiver, index) => ({ ...waiver, line: lineOf(document, lines, index) }));
}

/**
 * Takes waivers into account: a shortfall of a requirement that is waived counts as met. One that has
 * ended counts for nothing, and a warning says so, as it does of one that nothing needs.
 *
 * @param today `YYYY-MM-DD`.
 */
export function applyWaivers(report: Report, waivers: readonly Waiver[], today: string): Report {
  if (waivers.length === 0) return report;
  const waiverOf = (id: string) => waivers.find(({ requirement }) => requirement === id);
  const requirementReports = report.requirements.map((requirement) => {
    const waiver = waiverOf(requirement.id);
    if (!waiver || waiver.until < today || !isShortfall(requirement.outcome, false)) {
      return requirement;
    }
    const { reason, until } = waiver;
    return { ...requirement, outcome: "waived", waiver: { reason, until } } as const;
  });
  const warnings = waivers.flatMap((waiver) => {
    const before = report.requirements.find(({ id }) => id === waiver.requirement);
    return before ? warningOf(waiver, isShortfall(before.outcome, false), today) : [];
  });
  return {
    ...report,
    tier: tierOf(requirementReports),
    requirements: requirementReports,
    warnings: [...report.warnings, ...warnings],
  };
}

function warningOf(waiver: Waiver, isNeeded: boolean, today: string): readonly Warning[] {
  const { requirement, until, line, reason } = waiver;
  const evidence = [{ path: waiversPath, line, text: `${requirement}: ${reason}` }];
  if (!isNeeded) {
    const advice = `Remove the waiver of ${requirement}: nothing is left out.`;
    return [{ id: "waiver-without-effect", evidence, advice }];
  }
  if (until >= today) return [];
  const advice = `Meet ${requirement}, or renew its waiver: it ended on ${until}, so that the requirement counts again.`;
  return [{ id: "waiver-expired", evidence, advice }];
}

/** Aliases are no use in a list of waivers, and a few of them can stand for a billion values. */
function valueOf(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch (cause) {
    if (cause instanceof ReferenceError) throw broken(["found an alias, expected none"]);
    throw cause;
  }
}

function lineOf({ contents }: Document.Parsed, lines: LineCounter, index: number): number {
  const list = isMap(contents) ? contents.get("waivers", true) : undefined;
  const entry: unknown = isSeq(list) ? list.items[index] : undefined;
  const [start = 0] = (isMap(entry) ? entry.range : undefined) ?? [];
  return lines.linePos(start).line;
}

function problemOf(issue: v.InferIssue<typeof fileSchema>): string {
  const where = v.getDotPath(issue) ?? "at its top level";
  if (issue.type !== "strict_object") return `${where}: ${issue.message}`;
  if (issue.expected === "never") return `${where}: found a key that does not exist`;
  if (issue.received === "undefined") return `${where}: found nothing, expected a value`;
  return `${where}: found ${issue.received}, expected keys and values`;
}

function broken(problems: readonly string[]): UserError {
  return new UserError(`${waiversPath} is not understood`, {
    problems,
    hint: "Each waiver has a requirement, a reason and the last day, until, on which it holds.",
  });
}

function isRequirement(id: string): boolean {
  return requirements.some((requirement) => requirement.id === id);
}

function unknownRequirement({ input }: { readonly input: string }): string {
  const ids = requirements.map(({ id }) => id);
  const near = suggestion(input, ids);
  return `found ${input}, which is no requirement${near === undefined ? "" : `; did you mean ${near}?`}`;
}

function isDay(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function firstLine(text: string): string {
  return text.split("\n")[0]?.replace(/:$/, "") ?? "";
}
