/** To whom a file of a project belongs after it was made. */
export type Ownership =
  /** To both: it follows its template, merged with what the user changed. */
  | "merged"
  /** To the user, apart from the marked blocks in it. */
  | "blocks"
  /** To the user alone: it is written once, and its absence is respected. */
  | "once";

export const ownerships = ["merged", "blocks", "once"] as const satisfies readonly Ownership[];

/** The files that are not merged as a whole, by path. */
const owned: Readonly<Record<string, Ownership>> = {
  "CHANGELOG.md": "once",
  "README.md": "blocks",
};

/**
 * To whom a file belongs.
 *
 * @param overrides What the user decided otherwise, by path.
 */
export function ownershipOf(
  path: string,
  overrides: Readonly<Record<string, Ownership>> = {},
): Ownership {
  const own = (table: Readonly<Record<string, Ownership>>) =>
    Object.hasOwn(table, path) ? table[path] : undefined;
  return own(overrides) ?? own(owned) ?? "merged";
}
