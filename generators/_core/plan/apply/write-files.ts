import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { errorCode } from "../../user-error.ts";
import type { FileImage } from "../change.ts";
import { readDiskFile } from "../read-project.ts";

/**
 * Writes a new file with these permission bits, whatever those that new files do not get.
 *
 * @param flush Whether it is on the disk afterwards, and not on its way there.
 */
export function writeImage(path: string, { text, mode }: FileImage, flush = false): void {
  writeFileSync(path, text, { flag: "wx", mode, flush });
  if ((mode & ~process.umask()) !== mode) chmodSync(path, mode);
}

/** Moves a file to a path of the project, over what stands there, and makes the folders for it. */
export function moveIntoProject(from: string, directory: string, path: string): void {
  const target = join(directory, path);
  try {
    renameSync(from, target);
  } catch (cause) {
    if (errorCode(cause) !== "ENOENT") throw cause;
    makeFolders(dirname(target));
    renameSync(from, target);
  }
}

/**
 * Writes a file of the state, whole or not at all.
 *
 * @param place Where it is written first: a path of the project for nothing else.
 */
export function replaceFile(
  directory: string,
  path: string,
  image: FileImage,
  place: string,
): void {
  rmSync(join(directory, place), { force: true });
  writeImage(join(directory, place), image, true);
  moveIntoProject(join(directory, place), directory, path);
}

/** Removes a file of the project. What is no file by now stays. */
export function removeFile(directory: string, path: string): void {
  if (readDiskFile(directory, path).kind === "text") rmSync(join(directory, path));
}

/** Removes the folders of a path that hold nothing any more, up to that of the project. */
export function removeEmptyFolders(directory: string, path: string): void {
  for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) {
    removeEmpty(join(directory, folder));
  }
}

/**
 * Makes a folder and those above it that are missing, and returns the ones it made, outermost first.
 * One by one: the recursive call of Node never ends where a file system refuses quietly.
 */
export function makeFolders(folder: string): readonly string[] {
  if (isThere(folder)) return [];
  const above = makeFolders(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (cause) {
    // Another run was faster.
    if (errorCode(cause) !== "EEXIST") throw cause;
    return above;
  }
  return [...above, folder];
}

/** Removes a folder that holds nothing, and leaves everything else, links included. */
export function removeEmpty(folder: string): void {
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  if (stats?.isDirectory() !== true) return;
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}

/** Whether anything stands at a path, a link that leads nowhere included. */
export function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
