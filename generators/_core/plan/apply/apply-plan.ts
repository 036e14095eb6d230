import { renameSync, rmSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { errorCode, UserError } from "../../user-error.ts";
import { isEffective, type Change } from "../change.ts";
import { holdProject, runningPath } from "./hold-project.ts";
import { formatRecord, isMarked, recordOf, takesBytes, type Entry } from "./journal.ts";
import { keepState } from "./keep-state.ts";
import { isStatePath, stateFolder } from "../project-path.ts";
import { diskReader, readDiskFile } from "../read-project.ts";
import { journalFolder, readRecord, undoFolder } from "./read-journal.ts";
import { storePaths } from "./store-paths.ts";
import {
  isThere,
  makeFolders,
  moveIntoProject,
  removeEmpty,
  removeEmptyFolders,
  removeFile,
  writeImage,
} from "./write-files.ts";

/**
 * Carries out changes, all of them or none.
 *
 * What every file was and what it is to be is written aside first, then a record of it all; from
 * there on the files are moved into place one by one. A disk that is too full for that leaves
 * everything as it was; a run that fails puts everything back; one that is killed, or that loses its
 * power, is completed by the next: see {@link completeInterrupted}. What was there before stays
 * beside the project until the next run, so that this one can be taken back.
 *
 * @param directory An absolute path that `checkDirectory` accepted.
 * @param afterwards Whether the run can be taken back.
 * @throws UserError when another run is at work, the project has changed since it was planned, the
 * disk is full or a file cannot be written.
 */
export async function applyChanges(
  directory: string,
  changes: readonly Change[],
  afterwards: "can be undone" | "is final",
): Promise<void> {
  const effective = changes.filter(isEffective);
  if (effective.length === 0) return;
  const entries = recordOf(effective);
  const made: string[] = [];
  let release: (() => void) | undefined;
  try {
    made.push(...makeFolders(join(directory, stateFolder)));
    release = holdProject(directory);
    requireUnchanged(directory, changes);
    await writeJournal(directory, effective, entries);
  } catch (cause) {
    // Only what this run made: another one may be at work.
    if (release) discard(directory, journalFolder);
    release?.();
    made.toReversed().forEach(removeEmpty);
    throw failure(directory, "nothing was written", cause);
  }
  try {
    const [left] = carryOut(directory, entries, moveIntoPlace);
    if (left !== undefined) {
      throw new UserError(`${left} was changed while this run was at work; all is as it was`, {
        hint: "Run the command again.",
      });
    }
    await closeJournal(directory, entries, afterwards);
  } catch (cause) {
    await putBack(directory, cause);
    throw failure(directory, "everything was put back", cause);
  } finally {
    letGo(directory, release);
  }
}

/** Whether a run was cut off, or is at work just now. */
export function isInterrupted(directory: string): boolean {
  return isThere(join(directory, journalFolder));
}

/** What became of a run that had been cut off. */
export interface Completion {
  /** The files that could not be completed, since they have been edited meanwhile. */
  readonly left: readonly string[];
}

/**
 * Completes a run that was cut off, or goes on putting back what it had begun to put back.
 *
 * @returns `undefined` where no run was cut off.
 * @throws UserError when another run is at work, or its record cannot be read.
 */
export async function completeInterrupted(directory: string): Promise<Completion | undefined> {
  const isAtRest = !isInterrupted(directory) && !isThere(join(directory, runningPath));
  if (isAtRest) return undefined;
  const release = holdProject(directory);
  try {
    const forward = readRecord(directory, "forward");
    const back = forward ? undefined : readRecord(directory, "back");
    if (!forward && !back) {
      // Nothing had been moved yet.
      discard(directory, journalFolder);
      return undefined;
    }
    const left = forward ? complete(directory, forward) : carryBack(directory, back ?? []);
    if (forward) await closeJournal(directory, forward, "can be undone");
    else await dropJournal(directory, back ?? []);
    return { left };
  } catch (cause) {
    throw failure(directory, "the run that was cut off is not complete yet", cause);
  } finally {
    letGo(directory, release);
  }
}

function letGo(directory: string, release: () => void): void {
  try {
    release();
    removeEmpty(join(directory, stateFolder));
  } catch (cause) {
    throw failure(directory, `${runningPath} stays behind`, cause);
  }
}

/** What was printed is what is applied: nothing may have changed since. */
function requireUnchanged(directory: string, changes: readonly Change[]): void {
  const readDisk = diskReader(directory);
  for (const { path, before } of changes) {
    const disk = readDisk(path);
    if (disk.kind !== "obstacle" && (disk.kind === "text" ? disk.text : undefined) === before?.text)
      continue;
    throw new UserError(
      `${path} was changed while this run was being planned; nothing was written`,
      { hint: "Run the command again." },
    );
  }
}

/**
 * Writes aside what the files were and what they are to be, and last the record that counts. Where
 * bytes of somebody else are at stake all of it is on the disk, and not on its way there, before the
 * first of them is replaced.
 */
async function writeJournal(
  directory: string,
  changes: readonly Change[],
  entries: readonly Entry[],
): Promise<void> {
  const journal = join(directory, journalFolder);
  discard(directory, journalFolder);
  for (const folder of ["", "before", "after"]) mkdirSync(join(journal, folder));
  const images = changes.flatMap(({ before, after }, index) => [
    ...(before ? [[join(journal, "before", String(index)), before] as const] : []),
    ...(after ? [[join(journal, "after", String(index)), after] as const] : []),
  ]);
  const record = [
    join(journal, "record.new"),
    { text: formatRecord(entries), mode: 0o644 },
  ] as const;
  const written = [...images, record];
  for (const [path, image] of written) writeImage(path, image);
  const isLasting = takesBytes(entries);
  const folders = [join(journal, "before"), join(journal, "after")];
  if (isLasting) await storePaths([...written.map(([path]) => path), ...folders]);
  renameSync(record[0], join(journal, "forward.json"));
  if (isLasting) await storePaths([journal, dirname(journal), directory]);
}

/** Carries out a record; what cannot be carried out stays what it is, for the lock too. */
function complete(directory: string, entries: readonly Entry[]): readonly string[] {
  const left = carryOut(directory, entries, moveIntoPlaceIfHeld).filter(
    (path) => !isStatePath(path),
  );
  if (left.length > 0) keepState(directory, entries, left);
  return left;
}

/** Moves what a run put aside under a number to its path; says whether it was still there. */
type Move = typeof moveIntoPlaceIfHeld;

/** Moves every file into place that is not there yet; returns those that were edited meanwhile. */
function carryOut(directory: string, entries: readonly Entry[], move: Move): readonly string[] {
  const left = entries.filter((entry, index) => {
    const disk = readDiskFile(directory, entry.path);
    if (!isMarked(disk, entry.before)) return !isMarked(disk, entry.after);
    if (entry.after === null) removeFile(directory, entry.path);
    else if (!move(directory, entry, index)) {
      // It was moved, and somebody put back what had been there.
      return !isMarked(disk, entry.after);
    }
    return false;
  });
  for (const { path, after } of entries) if (after === null) removeEmptyFolders(directory, path);
  return left.map(({ path }) => path);
}

/** What this very run has written aside is still what it wrote. */
function moveIntoPlace(directory: string, { path }: Entry, index: number): boolean {
  moveIntoProject(join(directory, journalFolder, `after/${index}`), directory, path);
  return true;
}

/** Of a run that was cut off, some files have been moved, and others may have been touched since. */
function moveIntoPlaceIfHeld(directory: string, { path, after }: Entry, index: number): boolean {
  return moveFromJournal(directory, `after/${index}`, after, path);
}

/** Keeps what is needed to take the run back, in one step, or nothing. */
async function closeJournal(
  directory: string,
  entries: readonly Entry[],
  afterwards: "can be undone" | "is final",
): Promise<void> {
  await storePlaces(directory, entries);
  discard(directory, undoFolder);
  discard(directory, `${journalFolder}/after`);
  if (afterwards === "is final") discard(directory, journalFolder);
  else renameSync(join(directory, journalFolder), join(directory, undoFolder));
}

/** Drops what has been put back. */
async function dropJournal(directory: string, entries: readonly Entry[]): Promise<void> {
  await storePlaces(directory, entries);
  discard(directory, journalFolder);
}

/** Before anything of the journal goes, the files of the project have to be where it says. */
async function storePlaces(directory: string, entries: readonly Entry[]): Promise<void> {
  if (!takesBytes(entries)) return;
  const paths = entries.map(({ path }) => path).filter((path) => !isStatePath(path));
  const folders = new Set(paths.flatMap(foldersAbove));
  await storePaths([...folders].map((folder) => join(directory, folder)));
}

function foldersAbove(path: string): readonly string[] {
  const folder = dirname(path);
  return folder === "." ? [folder] : [folder, ...foldersAbove(folder)];
}

/** Puts back what a failed run had moved. From here on the record says so, should this be cut off. */
async function putBack(directory: string, cause: unknown): Promise<void> {
  const journal = join(directory, journalFolder);
  try {
    renameSync(join(journal, "forward.json"), join(journal, "back.json"));
    const entries = readRecord(directory, "back") ?? [];
    carryBack(directory, entries);
    await dropJournal(directory, entries);
  } catch {
    const outcome = "the run stopped half way; run the same command again to complete it";
    throw failure(directory, outcome, cause);
  }
}

function carryBack(directory: string, entries: readonly Entry[]): readonly string[] {
  const left = entries.filter((entry, index) => {
    const disk = readDiskFile(directory, entry.path);
    if (!isMarked(disk, entry.after)) return !isMarked(disk, entry.before);
    if (entry.before === null) {
      removeFile(directory, entry.path);
      removeEmptyFolders(directory, entry.path);
    } else moveFromJournal(directory, `before/${index}`, entry.before, entry.path);
    return false;
  });
  return left.map(({ path }) => path);
}

/**
 * Moves what the journal holds of a file into the project; what has been moved is gone from it.
 *
 * @returns Whether it was still there.
 */
function moveFromJournal(
  directory: string,
  name: string,
  mark: Entry["after"],
  path: string,
): boolean {
  const place = `${journalFolder}/${name}`;
  const held = readDiskFile(directory, place);
  if (held.kind !== "text" || !isMarked(held, mark)) return false;
  moveIntoProject(join(directory, place), directory, path);
  return true;
}

/** Removes what a run put aside. A link in its place is removed and not followed. */
function discard(directory: string, folder: string): void {
  rmSync(join(directory, folder), { recursive: true, force: true });
}

function failure(directory: string, outcome: string, cause: unknown): unknown {
  const code = errorCode(cause);
  if (cause instanceof UserError || code === undefined) return cause;
  const what = code === "ENOSPC" ? "the disk is full" : `writing failed: ${code}`;
  const mend = code === "ENOSPC" ? "Free some space" : "Mend the cause";
  return new UserError(`${directory}: ${what}; ${outcome}`, {
    hint: `${mend} and run the command again.`,
    cause,
  });
}
