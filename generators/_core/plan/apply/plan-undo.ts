import { UserError } from "../../user-error.ts";
import type { Change } from "../change.ts";
import { isMarked, type Entry } from "./journal.ts";
import {
  basePath,
  formatLock,
  lockPath,
  parseLock,
  type Lock,
  type LockedFile,
} from "../state/lock.ts";
import { stateFolder } from "../project-path.ts";
import { readRecord, undoFolder } from "./read-journal.ts";
import { readDiskFile, type DiskText } from "../read-project.ts";

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
 * @throws UserError when there is nothing to take back, its record cannot be read, or the lock has
 * changed since: it would go on to speak of files that are no longer there.
 */
export function planUndo(directory: string, running: string): Undoing {
  const entries = readRecord(directory, "forward", undoFolder);
  if (!entries) {
    throw new UserError(`${directory}: there is no run to take back; nothing was written`, {
      hint: "Only the last run in this checkout can be taken back, and only once.",
    });
  }
  const undone = entries.map((entry, index) => undoEntry(directory, entry, index));
  const edited = undone.flatMap((one) => (typeof one === "string" ? [one] : []));
  if (edited.includes(lockPath)) {
    throw new UserError(`${lockPath} was changed since that run; nothing was written`, {
      hint: "Restore it, or take the run back with version control.",
    });
  }
  const refused = edited.filter((path) => !path.startsWith(`${stateFolder}/`));
  const changes = undone.flatMap((one) => (typeof one === "string" || !one ? [] : [one]));
  const lock = changes.find(({ path }) => path === lockPath)?.before;
  if (refused.length === 0 || !lock) return { changes, refused };
  const now = parseLock(lock.text, running);
  const kept = Object.entries(now.files).filter(([path, { at = path }]) => refused.includes(at));
  return { changes: changes.flatMap((change) => keptFor(kept, change, now, running)), refused };
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
function keptFor(
  kept: readonly (readonly [string, LockedFile])[],
  change: Change,
  now: Lock,
  running: string,
): readonly Change[] {
  const { path, before, after } = change;
  if (path === lockPath && before) {
    const old = after ? parseLock(after.text, running) : { ...now, files: {} };
    const text = formatLock({ ...old, files: { ...old.files, ...Object.fromEntries(kept) } });
    return [{ path, before, after: { text, mode: before.mode } }];
  }
  return kept.some(([file]) => path === basePath(file)) ? [] : [change];
}

function imageOf(disk: DiskText | undefined): Change["before"] {
  return disk && { text: disk.text, mode: disk.mode };
}
