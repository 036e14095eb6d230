import { UserError } from "../user-error.ts";
import type { Change } from "./change.ts";
import { isMarked, type Entry } from "./journal.ts";
import { basePath, formatLock, lockPath, parseLock, type Lock } from "./lock.ts";
import { stateFolder } from "./project-path.ts";
import { readRecord, undoFolder } from "./read-journal.ts";
import { readDiskFile, type DiskText } from "./read-project.ts";
import { storePath } from "./stored-answers.ts";

/** What takes the last run back. */
export interface Undoing {
  readonly changes: readonly Change[];
  /** The files that stay as they are, since they were edited after the run. */
  readonly refused: readonly string[];
}

/**
 * Plans how the last run is taken back: every file that still is what the run left becomes what it
 * was, byte for byte. One that was edited since stays, and so does what the lock knows of it.
 *
 * @param running The version of this package.
 * @throws UserError when there is nothing to take back, or its record cannot be read.
 */
export function planUndo(directory: string, running: string): Undoing {
  const entries = readRecord(directory, "forward", undoFolder);
  if (!entries) {
    throw new UserError(`${directory}: there is no run to take back; nothing was written`, {
      hint: "Only the last run in this checkout can be taken back, and only once.",
    });
  }
  const undone = entries.map((entry, index) => undoEntry(directory, entry, index));
  const refused = undone.flatMap((one) => (typeof one === "string" && !isState(one) ? [one] : []));
  const changes = undone.flatMap((one) => (typeof one === "string" || !one ? [] : [one]));
  if (refused.length === 0) return { changes, refused };
  return { changes: changes.flatMap((change) => keptFor(refused, change, running)), refused };
}

/** The change that takes one back; its path where the file was edited; nothing where all is well. */
function undoEntry(directory: string, entry: Entry, index: number): Change | string | undefined {
  const { path, before, after } = entry;
  const disk = readDiskFile(directory, path);
  const isOld = isMarked(disk, before);
  if (!isMarked(disk, after)) return isOld ? undefined : path;
  const now = disk.kind === "text" ? disk : undefined;
  if (before === null) return { path, before: imageOf(now), after: undefined };
  const held = readDiskFile(directory, `${undoFolder}/before/${index}`);
  if (held.kind !== "text" || !isMarked(held, before)) {
    throw new UserError(`${undoFolder}: what ${path} was is lost; nothing was written`, {
      hint: "Restore the project from version control.",
    });
  }
  // Permissions that were changed since are the user's.
  const mode = now && now.mode !== after?.mode ? now.mode : before.mode;
  return { path, before: imageOf(now), after: { text: held.text, mode } };
}

/** Keeps the state of files that stay as they are. */
function keptFor(refused: readonly string[], change: Change, running: string): readonly Change[] {
  const { path, before, after } = change;
  if (path === lockPath && before) {
    const now = parseLock(before.text, running);
    const old = after ? parseLock(after.text, running) : { ...now, files: {} };
    const kept = entriesOf(now, refused);
    const text = formatLock({ ...old, files: { ...old.files, ...kept } });
    return [{ path, before, after: { text, mode: before.mode } }];
  }
  return refused.some((file) => path === basePath(file)) ? [] : [change];
}

function entriesOf({ files }: Lock, refused: readonly string[]): Lock["files"] {
  const kept = Object.entries(files).filter(([path, { at = path }]) => refused.includes(at));
  return Object.fromEntries(kept);
}

function isState(path: string): boolean {
  return path === storePath || path.startsWith(`${stateFolder}/`);
}

function imageOf(disk: DiskText | undefined): Change["before"] {
  return disk && { text: disk.text, mode: disk.mode };
}
