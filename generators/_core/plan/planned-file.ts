import type { Conflict, Decide } from "./merge/settle-pieces.ts";
import type { DiskFile, DiskText } from "./read-project.ts";
import type { RenderedFile } from "./render/render.ts";
import type { LockedFile } from "./state/lock.ts";
import type { Ownership } from "./state/ownership.ts";

/** What a run does with one file, and why. */
export interface PlannedFile {
  /** Where the templates have it: POSIX, relative to the project. */
  readonly path: string;
  /** Where it stands, when the user moved it. */
  readonly at?: string;
  readonly action: "create" | "update" | "rename" | "remove" | "keep" | "conflict";
  /** A clause for the user: `new`, `unchanged`, `edited by you; nothing new for it`. */
  readonly reason: string;
  /** What stood there when the run was planned; `undefined` where nothing did. */
  readonly seen?: DiskText;
  /** The path that a `rename` takes away, and what stood there. */
  readonly from?: { readonly path: string; readonly seen: DiskText };
  /** What stands there afterwards, byte for byte, when that is something else. */
  readonly text?: string;
  readonly isExecutable?: boolean;
  /** What the lock holds of it afterwards; without it what it held before. */
  readonly locked?: LockedFile;
  /** The rendered text, when it becomes the base of the next merge. */
  readonly base?: string;
  /** What both sides changed; empty or missing where they did not meet. */
  readonly conflicts?: readonly Conflict[];
  /** Clauses about parts of the file. */
  readonly notes?: readonly string[];
}

/** Everything that decides on one file. */
export interface FileCase {
  readonly rendered: RenderedFile;
  readonly ownership: Ownership;
  readonly locked: LockedFile | undefined;
  /** Reads the file as it was last rendered, in LF; `undefined` where that is lost. */
  readonly base: () => string | undefined;
  readonly disk: DiskFile;
  /** Whether the user asks for it back when it is gone. */
  readonly isWanted: boolean;
  readonly decide: Decide;
}
