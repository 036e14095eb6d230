/** How much of two texts is the same, line by line: 0 for nothing, 1 for everything. */
export function similarity(a: string, b: string): number {
  const [mine, theirs] = [a, b].map(wordedLines);
  if (!mine || !theirs || mine.length + theirs.length === 0) return 0;
  const left = new Map<string, number>();
  for (const line of theirs) left.set(line, (left.get(line) ?? 0) + 1);
  const common = mine.filter((line) => {
    const count = left.get(line) ?? 0;
    if (count > 0) left.set(line, count - 1);
    return count > 0;
  });
  return (2 * common.length) / (mine.length + theirs.length);
}

/** A file that could be one that the user moved. */
export interface Candidate {
  /** POSIX, relative to the project. */
  readonly path: string;
  /** In LF. */
  readonly text: string;
}

/**
 * Finds the file that a user made of one that is no longer in its place: the one that is most like
 * it, if at least 60 % of the lines are the same. Texts of a few lines say too little.
 */
export function findMoved(base: string, candidates: readonly Candidate[]): Candidate | undefined {
  if (wordedLines(base).length < 4) return undefined;
  const [best] = candidates
    .map((candidate) => ({ candidate, likeness: similarity(base, candidate.text) }))
    .filter(({ likeness }) => likeness >= 0.6)
    .toSorted((a, b) => b.likeness - a.likeness);
  return best?.candidate;
}

function wordedLines(text: string): readonly string[] {
  return text.split("\n").filter((line) => line.trim().length > 1);
}
