import type { ReadmeSection, Requirement } from "./requirement.ts";
import type { Solution } from "./solution.ts";
import { includesTier } from "./tier.ts";

/**
 * Writes what the program asks of one section of a README: the statements of every requirement that
 * stands there and concerns the solution, in the order of the catalogue, as Markdown without a final
 * line break. Empty when there is none.
 */
export function readmeStatements(
  catalogue: readonly Requirement[],
  section: ReadmeSection,
  solution: Solution,
): string {
  return catalogue
    .filter(({ tier, appliesTo }) => includesTier(solution.tier, tier) && appliesTo(solution))
    .flatMap(({ readme }) => (readme?.section === section ? [readme.markdown(solution)] : []))
    .join("\n\n");
}
