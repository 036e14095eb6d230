import { parseRecord, type Entry } from "./journal.ts";
import { stateFolder } from "../project-path.ts";
import { readDiskFile } from "../read-project.ts";

/** What a run puts aside while it is under way: what the files were, and what they are to be. */
export const journalFolder = `${stateFolder}/journal`;

/** What the last run left to be taken back. */
export const undoFolder = `${stateFolder}/undo`;

/**
 * Reads the record of a run that is under way, or that was.
 *
 * @param direction Whether its files are moved into place, or put back.
 * @returns `undefined` where there is none.
 * @throws UserError when it cannot be read.
 */
export function readRecord(
  directory: string,
  direction: "forward" | "back",
  folder = journalFolder,
): readonly Entry[] | undefined {
  const path = `${folder}/${direction}.json`;
  const disk = readDiskFile(directory, path);
  return disk.kind === "text" ? parseRecord(disk.text, path) : undefined;
}
