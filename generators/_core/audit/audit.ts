import type { Files } from "../program/requirement.ts";
import { includesTier, type Tier } from "../program/tier.ts";
import { isShortfall, type Outcome, type Report, type RequirementReport } from "./report.ts";

/** A change to one file of a repository. The path is POSIX, relative to the repository. */
export interface FileEdit {
  readonly path: string;
  /** What the file holds; `undefined` where there is none yet. */
  readonly before: string | undefined;
  readonly after: string;
}

/** The change that turns one requirement, taken for itself. */
export interface Fix extends FileEdit {
  /** Of the requirement. */
  readonly id: string;
}

/** A report with all that its formats print beside it. */
export interface Audit {
  /** Its tier is the one by {@link strict}. */
  readonly report: Report;
  /** Whether only the required words count. */
  readonly strict: boolean;
  /** The tier that the call asks for; `undefined` when it asks for none. */
  readonly required: Tier | undefined;
  readonly fixes: readonly Fix[];
  /** What leads to the next tier, as far as it can be inserted: one edit a file. */
  readonly patch: readonly FileEdit[];
  /** The texts of the files that the report quotes. */
  readonly sources: Files;
  /** When it was made, ISO 8601 in UTC. */
  readonly date: string;
  /** The version of this package. */
  readonly packageVersion: string;
}

/** How much a requirement weighs in an audit. */
export type Weight =
  /** Stands in the way of the tier that was asked for. */
  | "failure"
  /** Stands in the way of a tier that was not asked for. */
  | "shortfall"
  /** Counts as met, and there is something to say. */
  | "remark"
  | "none";

/** Weighs a requirement. */
export function weightOf(
  { tier, outcome }: Pick<RequirementReport, "tier" | "outcome">,
  { strict, required }: Pick<Audit, "strict" | "required">,
): Weight {
  if (!isShortfall(outcome, strict)) return remarkable.includes(outcome) ? "remark" : "none";
  return required !== undefined && includesTier(required, tier) ? "failure" : "shortfall";
}

const remarkable: readonly Outcome[] = ["variant", "outdated", "waived"];

/**
 * The exit code of an audit: 1 when the tier that was asked for is not met, 3 when a file that could
 * not be read leaves that, or the tier where none was asked for, open.
 */
export function exitCodeOf({ report, strict, required }: Audit): 0 | 1 | 3 {
  const failures = report.requirements
    .filter(({ outcome }) => isShortfall(outcome, strict))
    .filter(({ tier }) => required === undefined || includesTier(required, tier));
  const isOpen = failures.some(({ outcome }) => outcome === "unknown");
  const isCertain = failures.some(({ outcome }) => outcome !== "unknown");
  if (required === undefined) return isOpen && !isCertain ? 3 : 0;
  if (isCertain) return 1;
  return isOpen ? 3 : 0;
}
