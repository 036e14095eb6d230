import type { Evidence, Files, Requirement } from "../program/requirement.ts";
import type { Solution } from "../program/solution.ts";
import { includesTier, tiers, type Tier } from "../program/tier.ts";
import { statementText, type Document } from "../repository/documents/document.ts";

/** What a requirement comes to in one repository. */
export type Outcome =
  | "met"
  /** An older official link target; counts as met. */
  | "outdated"
  | "unmet"
  | "not-applicable"
  /** Only a person, or the record of a run, can tell. */
  | "attest";

/** A requirement and what it comes to. */
export interface Judgement {
  readonly requirement: Requirement;
  readonly outcome: Outcome;
}

/**
 * Judges every requirement of a catalogue on the files of a repository.
 *
 * @param readme What its README says; `as-rendered` for one that is byte for byte what this package
 * made of the solution, whose statements need not be read again.
 */
export function judge(
  catalogue: readonly Requirement[],
  files: Files,
  readme: Document | "as-rendered",
  solution: Solution,
): readonly Judgement[] {
  return catalogue.map((requirement) => ({
    requirement,
    outcome: requirement.appliesTo(solution)
      ? outcomeOf(requirement, files, readme, solution)
      : "not-applicable",
  }));
}

/**
 * The highest tier of which every requirement is met, `undefined` when none is. What only a person
 * can attest is not counted against it: callers name it beside the tier.
 */
export function reachedTier(judgements: readonly Judgement[]): Tier | undefined {
  return tiers
    .map(({ id }) => id)
    .findLast((tier) =>
      judgements.every(
        ({ requirement, outcome }) => outcome !== "unmet" || !includesTier(tier, requirement.tier),
      ),
    );
}

function outcomeOf(
  { evidence, tier }: Requirement,
  files: Files,
  readme: Document | "as-rendered",
  solution: Solution,
): Outcome {
  switch (evidence.kind) {
    case "attestation":
      return "attest";
    case "files":
      return evidence.isMet(files, solution) ? "met" : "unmet";
    case "text":
      if (readme !== "as-rendered") return textOutcome(evidence, readme, solution);
      return includesTier(solution.tier, tier) ? "met" : "unmet";
    default:
      return evidence satisfies never;
  }
}

function textOutcome(
  { wordings, sentences }: Extract<Evidence, { readonly kind: "text" }>,
  document: Document,
  solution: Solution,
): Outcome {
  const text = statementText(document);
  const links = document.blocks.flatMap((block) => block.links);
  if (!sentences(solution).every((sentence) => text.includes(sentence))) return "unmet";
  const outcomes = Object.entries(wordings[0]?.links ?? {}).map(([label, target]) => {
    const targets = links.filter((link) => link.text === label).map((link) => link.target);
    if (targets.includes(target)) return "met";
    return wordings.some((older) => targets.includes(older.links?.[label] ?? ""))
      ? "outdated"
      : "unmet";
  });
  return (["unmet", "outdated"] as const).find((outcome) => outcomes.includes(outcome)) ?? "met";
}
