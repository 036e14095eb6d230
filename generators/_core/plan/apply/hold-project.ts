import { lstatSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { errorCode, UserError } from "../../user-error.ts";
import { isAlive } from "./is-alive.ts";
import { stateFolder } from "../project-path.ts";

/** What stands in a project while a run is at work there. */
export const runningPath = `${stateFolder}/running`;

/**
 * Keeps other runs out of a project until the returned function is called. What a run left that is
 * no longer alive is taken over.
 *
 * @throws UserError when another run is at work there, or something else stands in its place.
 */
export function holdProject(directory: string): () => void {
  const path = join(directory, runningPath);
  if (!create(path)) {
    requireFile(directory, path);
    const holder = readHolder(path);
    if (holder) throw atWork(directory, holder);
    rmSync(path, { force: true });
    if (!create(path)) throw atWork(directory, "another process");
  }
  return () => rmSync(path, { force: true });
}

/** Makes the file that holds the project, or says that there is one. */
function create(path: string): boolean {
  try {
    writeFileSync(path, `${hostname()} ${process.pid}\n`, { flag: "wx" });
    return true;
  } catch (cause) {
    if (errorCode(cause) === "EEXIST") return false;
    // It was made, and could not be filled.
    rmSync(path, { force: true });
    throw cause;
  }
}

/** A link could lead to what never ends, and a folder would never go. */
function requireFile(directory: string, path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isFile() !== false) return;
  throw new UserError(`${directory}: ${runningPath} is not a file; nothing was written`, {
    hint: "Move what stands there out of the way.",
  });
}

/** Who holds the project, `undefined` when nobody does any more. */
function readHolder(path: string): string | undefined {
  const words = readWords(path) ?? (pause(), readWords(path));
  if (!words) return undefined;
  const [host, id] = words;
  if (host !== hostname()) return `a process on ${host}`;
  return isAlive(Number(id)) ? `process ${id}` : undefined;
}

/** Host and process, `undefined` while they have not been written. */
function readWords(path: string): readonly [string, string] | undefined {
  const [, host, id] = /^(\S+) (\d+)\n$/.exec(readText(path)) ?? [];
  return host === undefined || id === undefined ? undefined : [host, id];
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return "";
    throw cause;
  }
}

/** The time that a process may take between making the file and filling it. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
}

function atWork(directory: string, who: string): UserError {
  return new UserError(`${directory}: ${who} is at work there; nothing was written`, {
    hint: `Wait for its end. If it has ended, delete ${runningPath}.`,
  });
}
