import { includesTier, tiers, type Tier } from "../program/tier.ts";

/** What an audit found in a repository: plain data, and the one source of every format. */
export interface Report {
  readonly schemaVersion: 1;
  /** The revision of the program that was audited against, `YYYY-MM-DD`. */
  readonly program: string;
  readonly repository: {
    /** As the user named it. */
    readonly path: string;
    /** The full id of the commit that is checked out; `null` outside of git. */
    readonly commit: string | null;
    /** The id of the platform that it deploys on; `null` when it cannot be told. */
    readonly platform: string | null;
    /** The systems that it names, as ids of operating systems or as it writes them. */
    readonly systems: readonly string[];
    /** Every line that sets the version of the server. */
    readonly serverVersions: readonly {
      readonly version: string;
      readonly path: string;
      readonly line: number;
    }[];
  };
  /** The highest tier of which every requirement counts as met. */
  readonly tier: Tier | "none";
  /** Ids of the requirements that only a person, or the record of a run, can tell. */
  readonly pending: readonly string[];
  /** One for each requirement of the program, in the order of the catalogue. */
  readonly requirements: readonly RequirementReport[];
  readonly warnings: readonly Warning[];
}

/** What a requirement comes to in one repository. */
export type Outcome =
  /** The required words, white space and markup aside. */
  | "met"
  /** Other words for the same statement; counts as met. */
  | "variant"
  /** An older official wording or link target; counts as met. */
  | "outdated"
  /** Looks like it and does not say it. */
  | "near"
  /** Not found, or contradicted. */
  | "unmet"
  /** Does not concern this repository. */
  | "not-applicable"
  /** Only a person, or the record of a run, can tell. */
  | "attest"
  /** The maintainers gave a reason and an end date; counts as met. */
  | "waived"
  /** Could not be read. */
  | "unknown";

/** Words that were found. The path is POSIX, relative to the repository; lines count from 1. */
export interface Found {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

/** Words that come near to a statement, and how they differ from it. */
export interface NearMiss extends Found {
  /** The words in reading order: shared, missing from what was found, or too much in it. */
  readonly words: readonly {
    readonly kind: "same" | "missing" | "extra";
    readonly text: string;
  }[];
}

/** What an audit found for one requirement. */
export interface RequirementReport {
  /** As in the catalogue. */
  readonly id: string;
  readonly tier: Tier;
  /** What must be there, as a clause. */
  readonly title: string;
  readonly outcome: Outcome;
  readonly evidence: readonly Found[];
  readonly near: readonly NearMiss[];
  /** What to do, as one imperative sentence; empty where there is nothing to do. */
  readonly advice: string;
  /** Why the maintainers leave it out, and the last day for which they do, `YYYY-MM-DD`. */
  readonly waiver?: { readonly reason: string; readonly until: string };
}

/** Something to look at that does not touch the tier. */
export interface Warning {
  readonly id: string;
  readonly evidence: readonly Found[];
  readonly advice: string;
}

/** Whether an outcome stands in the way of a tier; `strict` takes the required words alone. */
export function isShortfall(outcome: Outcome, strict: boolean): boolean {
  switch (outcome) {
    case "near":
    case "unmet":
    case "unknown":
      return true;
    case "variant":
    case "outdated":
    case "waived":
      return strict;
    case "met":
    case "not-applicable":
    case "attest":
      return false;
    default:
      return outcome satisfies never;
  }
}

/** The highest tier that has no shortfall in itself or in a tier below it. */
export function tierOf(
  requirements: readonly Pick<RequirementReport, "tier" | "outcome">[],
  strict = false,
): Tier | "none" {
  const reached = tiers.findLast(({ id }) =>
    requirements.every(
      ({ tier, outcome }) => !isShortfall(outcome, strict) || !includesTier(id, tier),
    ),
  );
  return reached?.id ?? "none";
}

/** The tier above another; `undefined` above the highest. */
export function tierAbove(tier: Tier | "none"): Tier | undefined {
  return tiers[tiers.findIndex(({ id }) => id === tier) + 1]?.id;
}
