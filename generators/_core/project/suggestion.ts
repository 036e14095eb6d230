import { closest, distance } from "fastest-levenshtein";

/** The known word that a misspelt one most likely means, or `undefined` when none is near. */
export function suggestion(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0 || word.length > 100) return undefined;
  const lower = word.toLowerCase();
  const begun = known.filter((candidate) => candidate.toLowerCase().startsWith(lower));
  if (begun.length === 1 && lower.length > 2) return begun[0];
  const nearest = closest(
    lower,
    known.map((candidate) => candidate.toLowerCase()),
  );
  const tolerance = nearest.length < 4 ? 1 : Math.max(2, Math.floor(nearest.length / 3));
  if (distance(lower, nearest) > tolerance) return undefined;
  return known.find((candidate) => candidate.toLowerCase() === nearest);
}
