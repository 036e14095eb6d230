import type { Requirement } from "../program/requirement.ts";
import type { Solution } from "../program/solution.ts";
import { includesTier } from "../program/tier.ts";
import type { Outcome } from "./report.ts";

/** A requirement and what it comes to. */
export interface Judgement {
  readonly requirement: Requirement;
  readonly outcome: Outcome;
}

/**
 * Says what a project comes to that stands as this package rendered it, without reading it again: a
 * statement is met where its tier is asked for, a file where it is rendered. That both hold for
 * every answer is what the tests of the emitted projects prove.
 */
export function judgeRendered(
  catalogue: readonly Requirement[],
  solution: Solution,
): readonly Judgement[] {
  return catalogue.map((requirement) => ({
    requirement,
    outcome: requirement.appliesTo(solution) ? outcomeOf(requirement, solution) : "not-applicable",
  }));
}

function outcomeOf({ evidence, tier }: Requirement, solution: Solution): Outcome {
  switch (evidence.kind) {
    case "attestation":
      return "attest";
    case "files":
      return evidence.isRendered(solution) ? "met" : "unmet";
    case "text":
      return includesTier(solution.tier, tier) ? "met" : "unmet";
    default:
      return evidence satisfies never;
  }
}
