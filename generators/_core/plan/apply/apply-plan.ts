import { renameSync } from "node:fs";
import { join } from "node:path";
import { errorCode, UserError } from "../../user-error.ts";
import { isEffective, type Change } from "../change.ts";
import { isStatePath, stateFolder } from "../project-path.ts";
import { diskReader } from "../read-project.ts";
import { holdProject, runningPath } from "./hold-project.ts";
import { recordOf, type Entry } from "./journal.ts";
import { keepState } from "./keep-state.ts";
import { carryBack, carryOut, moveIntoPlace, moveIntoPlaceIfHeld } from "./move-files.ts";
import { journalFolder, readRecord } from "./read-journal.ts";
import { isThere, makeFolders, removeEmpty } from "./write-files.ts";
import { closeJournal, discardJournal, dropJournal, writeJournal } from "./write-journal.ts";

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
    if (release) discardJournal(directory);
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
      discardJournal(directory);
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

/** Carries out a record; what cannot be carried out stays what it is, for the lock too. */
function complete(directory: string, entries: readonly Entry[]): readonly string[] {
  const left = carryOut(directory, entries, moveIntoPlaceIfHeld).filter(
    (path) => !isStatePath(path),
  );
  if (left.length > 0) keepState(directory, entries, left);
  return left;
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
