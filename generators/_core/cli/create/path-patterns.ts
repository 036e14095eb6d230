import picomatch from "picomatch";
import { UserError } from "../../user-error.ts";

/**
 * Whether a path matches one of some patterns: `bin/*`, `**` for any depth, or a path itself.
 *
 * @param patterns Relative to the project, POSIX.
 */
export function matching(patterns: readonly string[]): (path: string) => boolean {
  return patterns.length === 0 ? () => false : picomatch([...patterns], { dot: true });
}

/**
 * Refuses a pattern that matches nothing it could be meant for.
 *
 * @param what What the paths are: `deleted file`.
 * @throws UserError naming the first such pattern and what there is.
 */
export function requireMatches(
  flag: string,
  patterns: readonly string[],
  paths: readonly string[],
  what: string,
): void {
  const missed = patterns.find((pattern) => !paths.some(matching([pattern])));
  if (missed === undefined) return;
  const there = paths.length === 0 ? `there is no ${what}` : `expected one of ${paths.join(", ")}`;
  throw new UserError(`--${flag} ${missed}: found no ${what} that it matches, ${there}`);
}
