import { accessSync, constants, lstatSync, readdirSync, type Dirent } from "node:fs";
import { join } from "node:path";
import { errorCode } from "../user-error.ts";
import { isProjectPath } from "./project-path.ts";
import { readDiskFile } from "./read-project.ts";
import type { Candidate } from "./similarity.ts";

/** The most that is read in search of files that a user moved. */
const limits = { files: 5000, bytes: 200_000 };

/**
 * Reads the texts of a project that a user could have moved somewhere else: all but those at the
 * paths that are left out, within bounds. Links are not followed.
 */
export function readCandidates(
  directory: string,
  isLeftOut: (path: string) => boolean,
): readonly Candidate[] {
  const paths: string[] = [];
  const folders = [""];
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    for (const entry of listFolder(join(directory, folder))) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (paths.length >= limits.files || !isProjectPath(path)) continue;
      if (entry.isDirectory() && entry.name !== "node_modules") folders.push(path);
      if (entry.isFile() && !isLeftOut(path)) paths.push(path);
    }
  }
  return paths.flatMap((path) => {
    if (!isSmallAndReadable(join(directory, path))) return [];
    const disk = readDiskFile(directory, path);
    return disk.kind === "text" ? [{ path, text: disk.normalized }] : [];
  });
}

/** What others keep to themselves, such as the data of a running server, was moved by nobody. */
function isSmallAndReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return lstatSync(path).size <= limits.bytes;
  } catch (cause) {
    if (errorCode(cause) === "EACCES" || errorCode(cause) === "ENOENT") return false;
    throw cause;
  }
}

/** What lies in a folder; nothing in one that this account may not list, or that has just gone. */
function listFolder(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (cause) {
    if (errorCode(cause) === "EACCES" || errorCode(cause) === "ENOENT") return [];
    throw cause;
  }
}
