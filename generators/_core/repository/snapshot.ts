import type { Files } from "../program/requirement.ts";

/** Why a file of a repository has no text in a {@link Snapshot}. */
export type Unread =
  "a link out of the repository" | "no file" | "binary" | "not UTF-8" | "too large" | "unreadable";

/** How a text is written that is not in UTF-8 throughout. Some of its letters may be wrong. */
export type ForeignEncoding = "Windows-1252" | "UTF-16" | "UTF-8 with invalid bytes";

/** A folder as it was read once. Paths are POSIX, relative to its root. */
export interface Snapshot {
  /** The folder as the user named it. */
  readonly path: string;
  /** The commit that is checked out, in hexadecimal; `null` where git does not say. */
  readonly commit: string | null;
  /** Every file that was seen, sorted, with or without a text. */
  readonly paths: readonly string[];
  readonly texts: Files;
  /** The texts that are not in UTF-8, and how they were read. */
  readonly foreign: ReadonlyMap<string, ForeignEncoding>;
  /** What could not be read, or is no text. */
  readonly unread: ReadonlyMap<string, Unread>;
  /** The bound that ended the reading early: `100,000 files`. */
  readonly cutAt: string | undefined;
}

/** Takes texts that are at hand for a repository. */
export function snapshotOf(files: Files, path = "."): Snapshot {
  return {
    path,
    commit: null,
    paths: [...files.keys()].toSorted(),
    texts: files,
    foreign: new Map(),
    unread: new Map(),
    cutAt: undefined,
  };
}
