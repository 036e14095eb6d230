import { packageVersion } from "../../package-folder.ts";
import { hashText } from "../hash.ts";
import { formatRecord, type Entry } from "./journal.ts";
import { basePath, formatLock, lockPath, parseLock, type Lock } from "../state/lock.ts";
import { journalFolder } from "./read-journal.ts";
import { readDiskFile } from "../read-project.ts";
import { removeFile, replaceFile } from "./write-files.ts";

/**
 * Gives the files that a completed run had to leave as they are their former state: what was new for
 * them is new for the next run still. It may be cut off and done again at any point.
 *
 * @param entries The record of the run, carried out apart from those files.
 * @param left Where those files stand.
 */
export function keepState(
  directory: string,
  entries: readonly Entry[],
  left: readonly string[],
): void {
  const index = entries.findIndex(({ path }) => path === lockPath);
  const disk = readDiskFile(directory, lockPath);
  if (index === -1 || disk.kind !== "text") return;
  const now = parseLock(disk.normalized, packageVersion());
  const text = imageBefore(directory, index);
  const old = text === undefined ? { ...now, files: {} } : parseLock(text, packageVersion());
  const paths = new Set([now, old].flatMap((lock) => pathsAt(lock, left)));
  for (const path of paths) restoreBase(directory, entries, path);
  const others = Object.entries(now.files).filter(([path]) => !paths.has(path));
  const kept = Object.entries(old.files).filter(([path]) => paths.has(path));
  const files = Object.fromEntries([...others, ...kept]);
  const honest = formatLock({ ...now, files });
  replace(directory, lockPath, honest, disk.mode);
  const record = entries.map((entry) =>
    entry.path === lockPath && entry.after
      ? { ...entry, after: { ...entry.after, sha256: hashText(honest) } }
      : entry,
  );
  replace(directory, `${journalFolder}/forward.json`, formatRecord(record), 0o644);
}

/** The files of a lock that stand at some places. */
function pathsAt({ files }: Lock, places: readonly string[]): readonly string[] {
  return Object.entries(files).flatMap(([path, { at = path }]) =>
    places.includes(at) ? [path] : [],
  );
}

function restoreBase(directory: string, entries: readonly Entry[], path: string): void {
  const index = entries.findIndex((entry) => entry.path === basePath(path));
  const before = entries[index]?.before;
  if (before === undefined) return;
  const text = imageBefore(directory, index);
  if (before === null) removeFile(directory, basePath(path));
  else if (text !== undefined) replace(directory, basePath(path), text, before.mode);
}

/** What a file was before the run, `undefined` where it was not there. */
function imageBefore(directory: string, index: number): string | undefined {
  const held = readDiskFile(directory, `${journalFolder}/before/${index}`);
  return held.kind === "text" ? held.text : undefined;
}

/** Writes a file of the state whole or not at all. */
function replace(directory: string, path: string, text: string, mode: number): void {
  replaceFile(directory, path, { text, mode }, `${journalFolder}/state.new`);
}
