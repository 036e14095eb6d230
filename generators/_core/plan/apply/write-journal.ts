import { mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Change } from "../change.ts";
import { isStatePath } from "../project-path.ts";
import { formatRecord, takesBytes, type Entry } from "./journal.ts";
import { journalFolder, undoFolder } from "./read-journal.ts";
import { storePaths } from "./store-paths.ts";
import { writeImage } from "./write-files.ts";

/**
 * Writes aside what the files were and what they are to be, and last the record that counts. Where
 * bytes of somebody else are at stake all of it is on the disk, and not on its way there, before the
 * first of them is replaced.
 */
export async function writeJournal(
  directory: string,
  changes: readonly Change[],
  entries: readonly Entry[],
): Promise<void> {
  const journal = join(directory, journalFolder);
  dropFolder(directory, journalFolder);
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

/** Keeps what is needed to take the run back, in one step, or nothing. */
export async function closeJournal(
  directory: string,
  entries: readonly Entry[],
  afterwards: "can be undone" | "is final",
): Promise<void> {
  await storePlaces(directory, entries);
  dropFolder(directory, undoFolder);
  dropFolder(directory, `${journalFolder}/after`);
  if (afterwards === "is final") dropFolder(directory, journalFolder);
  else renameSync(join(directory, journalFolder), join(directory, undoFolder));
}

/** Drops what has been put back. */
export async function dropJournal(directory: string, entries: readonly Entry[]): Promise<void> {
  await storePlaces(directory, entries);
  dropFolder(directory, journalFolder);
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

/** Drops what had been put aside before anything was moved. */
export function discardJournal(directory: string): void {
  dropFolder(directory, journalFolder);
}

/** Removes what a run put aside. A link in its place is removed and not followed. */
function dropFolder(directory: string, folder: string): void {
  rmSync(join(directory, folder), { recursive: true, force: true });
}
