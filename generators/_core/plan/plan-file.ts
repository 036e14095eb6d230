import { formatOf } from "../repository/documents/document.ts";
import { hashText } from "./hash.ts";
import { likeLines } from "./line-endings.ts";
import type { FileState, LockedFile } from "./lock.ts";
import { mergeBlocks } from "./merge-blocks.ts";
import { mergeTexts, type Merged } from "./merge-texts.ts";
import type { Ownership } from "./ownership.ts";
import type { DiskFile, DiskText } from "./read-project.ts";
import type { RenderedFile } from "./render.ts";
import { hasMarkers, type Conflict, type Decide } from "./settle-pieces.ts";

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

/** Compares what is rendered with what stands on disk and with what an earlier run left. */
export function planFile(file: FileCase): PlannedFile {
  const { disk, rendered, ownership } = file;
  if (disk.kind === "absent") return planAbsent(file);
  if (ownership === "once") return planOnce(file);
  if (disk.kind === "obstacle") {
    return { path: rendered.path, action: "conflict", reason: disk.what };
  }
  return planText(file, disk);
}

function planOnce(file: FileCase): PlannedFile {
  const { path, text } = file.rendered;
  return file.locked
    ? { path, action: "keep", reason: "unchanged", locked: file.locked }
    : {
        path,
        action: "keep",
        reason: "there already, and yours",
        locked: settled(file),
        base: text,
      };
}

/** What the lock holds of a file that holds what is rendered. */
function settled(
  { rendered, ownership, locked }: FileCase,
  state: FileState = "settled",
): LockedFile {
  const { text, isExecutable } = rendered;
  const moved = locked?.at === undefined ? {} : { at: locked.at };
  return { ownership, sha256: hashText(text), isExecutable, state, ...moved };
}

function planAbsent(file: FileCase): PlannedFile {
  const { rendered, locked, isWanted } = file;
  const { path, text, isExecutable } = rendered;
  if (locked && !isWanted) {
    const { at: _, ...rest } = locked;
    const reason = "deleted by you; stays deleted";
    return { path, action: "keep", reason, locked: { ...rest, state: "deleted" } };
  }
  const reason = locked ? "brought back" : "new";
  return {
    path,
    action: "create",
    reason,
    text,
    isExecutable,
    locked: settled({ ...file, locked: undefined }),
    base: text,
  };
}

function planText(file: FileCase, disk: DiskText): PlannedFile {
  const { rendered, locked } = file;
  const { path, text } = rendered;
  if (disk.normalized === text) return write(file, disk, disk.text, "unchanged");
  if (locked?.state === "markers" && hasMarkers(disk.text)) {
    return {
      path,
      action: "conflict",
      reason: "both versions stand in it, between markers",
      seen: disk,
      locked,
    };
  }
  if (!locked) {
    return file.ownership === "blocks"
      ? grow(file, disk)
      : twoWay(file, disk, "was there before, with another content");
  }
  if (hashText(disk.normalized) === locked.sha256) {
    return write(file, disk, renewed(disk, text), "brought up to date");
  }
  if (locked.sha256 === hashText(text))
    return write(file, disk, disk.text, "edited by you; nothing new for it");
  const base = file.base();
  return base === undefined || hashText(base) !== locked.sha256
    ? twoWay(file, disk, "edited by you, and what it was before is lost")
    : threeWay(file, disk, base);
}

/** A new text in place of one that says what was rendered: where its line endings are mixed, they stay. */
function renewed({ text, normalized }: DiskText, fresh: string): string {
  const isUniform = likeLines(normalized, text) === text;
  return isUniform
    ? likeLines(fresh, text)
    : mergeTexts(text, normalized, fresh, () => "theirs").text;
}

/** A document that was there before gets the blocks; its title, where it has one, stays. */
function grow(file: FileCase, disk: DiskText): PlannedFile {
  const { path, text } = file.rendered;
  const isTitled = /^(#|\S.*\n=+\s*$)/m.test(disk.normalized);
  const blocks = isTitled ? text.replace(titleBlock, "") : text;
  const merged = mergeBlocks(disk.text, "", blocks, formatOf(path) ?? "markdown", file.decide);
  if ("problems" in merged) return unreadable(file, disk, merged.problems);
  return afterMerge(file, disk, merged, "was there before; what was missing is added to it");
}

const titleBlock = /^.*:begin title .*\n[\s\S]*?:end title .*\n/m;

/** Without a common ancestor there is one stretch that differs: the whole file. */
function twoWay(file: FileCase, disk: DiskText, reason: string): PlannedFile {
  const { rendered, decide } = file;
  const merged = mergeTexts(disk.text, "", rendered.text, decide);
  return afterMerge(file, disk, merged, reason);
}

function threeWay(file: FileCase, disk: DiskText, base: string): PlannedFile {
  const { rendered, ownership, decide } = file;
  if (ownership === "merged") {
    const merged = mergeTexts(disk.text, base, rendered.text, decide);
    return afterMerge(file, disk, merged, "edited by you, and changed in the new version");
  }
  const merged = mergeBlocks(
    disk.text,
    base,
    rendered.text,
    formatOf(rendered.path) ?? "markdown",
    decide,
  );
  if (!("problems" in merged)) {
    const planned = afterMerge(file, disk, merged, "edited by you, and changed in the new version");
    return { ...planned, notes: merged.notes };
  }
  return unreadable(file, disk, merged.problems);
}

function unreadable(
  { rendered: { path } }: FileCase,
  disk: DiskText,
  problems: readonly string[],
): PlannedFile {
  return {
    path,
    action: "conflict",
    reason: "its markers cannot be read",
    notes: problems,
    seen: disk,
  };
}

function afterMerge(
  file: FileCase,
  disk: DiskText,
  { text, conflicts, decisions }: Merged,
  reason: string,
): PlannedFile {
  if (decisions.includes("later")) {
    const { locked, rendered, ownership } = file;
    // Blocks stand for themselves: those that are clear need not wait for the others. Markers do,
    // since the file would be settled when they are gone.
    const isPartly = ownership === "blocks" && !decisions.includes("markers");
    const partly = isPartly && text !== disk.text && !isReadOnly(disk) && { text };
    const waiting = locked && { locked: { ...locked, state: "conflict" as const } };
    const { path } = rendered;
    return { path, action: "conflict", reason, seen: disk, conflicts, ...partly, ...waiting };
  }
  const isMarked = decisions.includes("markers");
  const decided = decisions.length > 0 ? "settled as you decided" : "merged with what you changed";
  const same = text === disk.text ? "edited by you; it has what is new" : decided;
  const why = isMarked ? "both versions stand in it now, between markers" : same;
  const planned = write(file, disk, text, why);
  if (!isMarked || planned.action === "conflict") return { ...planned, conflicts };
  return { ...planned, action: "conflict", conflicts, locked: settled(file, "markers") };
}

/** Writes a text, where it differs from what is there, and settles the file. */
function write(file: FileCase, disk: DiskText, text: string, reason: string): PlannedFile {
  const { rendered, locked } = file;
  const isExecutable = executableAfter(rendered.isExecutable, locked?.isExecutable, disk);
  const result = { path: rendered.path, seen: disk, locked: settled(file), base: rendered.text };
  const isSameMode = isExecutable === isExecutableNow(disk);
  if (text === disk.text && isSameMode) return { ...result, action: "keep", reason };
  if (isReadOnly(disk)) {
    const { path } = rendered;
    return {
      path,
      action: "conflict",
      reason: "there is news for it, but it is read-only",
      seen: disk,
    };
  }
  const why = text === disk.text ? `made ${isExecutable ? "" : "not "}executable` : reason;
  return { ...result, action: "update", reason: why, text, isExecutable };
}

/** The executable bit is merged like a text: whoever changed it has their way, the user first. */
function executableAfter(rendered: boolean, base: boolean | undefined, disk: DiskText): boolean {
  const now = isExecutableNow(disk);
  return base === undefined || now !== base ? now : rendered;
}

function isExecutableNow({ mode }: DiskText): boolean {
  return (mode & 0o111) !== 0;
}

function isReadOnly({ mode }: DiskText): boolean {
  return (mode & 0o222) === 0;
}
