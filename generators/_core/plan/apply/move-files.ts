import { join } from "node:path";
import { readDiskFile } from "../read-project.ts";
import { isMarked, type Entry } from "./journal.ts";
import { journalFolder } from "./read-journal.ts";
import { moveIntoProject, removeEmptyFolders, removeFile } from "./write-files.ts";

/** Moves what a run put aside under a number to its path; says whether it was still there. */
type Move = typeof moveIntoPlaceIfHeld;

/** Moves every file into place that is not there yet; returns those that were edited meanwhile. */
export function carryOut(
  directory: string,
  entries: readonly Entry[],
  move: Move,
): readonly string[] {
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
export function moveIntoPlace(directory: string, { path }: Entry, index: number): boolean {
  moveIntoProject(join(directory, journalFolder, `after/${index}`), directory, path);
  return true;
}

/** Of a run that was cut off, some files have been moved, and others may have been touched since. */
export function moveIntoPlaceIfHeld(
  directory: string,
  { path, after }: Entry,
  index: number,
): boolean {
  return moveFromJournal(directory, `after/${index}`, after, path);
}

/** Puts back what a record has moved; returns the files that were edited meanwhile. */
export function carryBack(directory: string, entries: readonly Entry[]): readonly string[] {
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
