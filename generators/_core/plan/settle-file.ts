import { hashText } from "./hash.ts";
import type { Merged } from "./merge/merge-texts.ts";
import type { FileCase, PlannedFile } from "./planned-file.ts";
import type { DiskText } from "./read-project.ts";
import type { FileState, LockedFile } from "./state/lock.ts";

/** What the lock holds of a file that holds what is rendered. */
export function settled(
  { rendered, ownership, locked }: FileCase,
  state: FileState = "settled",
): LockedFile {
  const { text, isExecutable } = rendered;
  const moved = locked?.at === undefined ? {} : { at: locked.at };
  return { ownership, sha256: hashText(text), isExecutable, state, ...moved };
}

/** What comes of a merge, as its conflicts were decided. */
export function settleMerge(
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
  const planned = settleText(file, disk, text, why);
  if (!isMarked || planned.action === "conflict") return { ...planned, conflicts };
  return { ...planned, action: "conflict", conflicts, locked: settled(file, "markers") };
}

/** Writes a text, where it differs from what is there, and settles the file. */
export function settleText(
  file: FileCase,
  disk: DiskText,
  text: string,
  reason: string,
): PlannedFile {
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
