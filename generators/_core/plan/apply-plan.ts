import {
  lstatSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
  writeFileSync,
  chmodSync,
  mkdirSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { errorCode, UserError } from "../user-error.ts";
import { likeLines } from "./line-endings.ts";
import { basePath, formatLock, lockPath, type Lock } from "./lock.ts";
import type { Plan, PlannedFile } from "./plan.ts";
import { stateFolder } from "./project-path.ts";
import { readDiskFile } from "./read-project.ts";
import { holdProject } from "./hold-project.ts";
import { storePath } from "./stored-answers.ts";

/** What a project remembers of a run, beside its files. */
export interface State {
  readonly lock: Lock;
  /** The text of `.yo-rc.json`. */
  readonly store: string;
  /** What stood at their paths when the run was planned, in LF; `undefined` where nothing did. */
  readonly seen: Readonly<Record<"lock" | "store", string | undefined>>;
}

/**
 * Carries out a plan: every file is written aside first; when all are there they are moved into
 * place, then what is stale is removed, then the state follows: bases, lock, answers.
 *
 * A disk that is too full for that therefore leaves everything as it was. A run that is killed
 * between two steps leaves files that are either old or new; the next run recognises both and
 * completes it, since the lock still speaks of the old ones.
 *
 * @param directory An absolute path that `checkDirectory` accepted.
 * @throws UserError when another run is at work, the project has changed since it was planned, the
 * disk is full or a file cannot be written.
 */
export function applyPlan(directory: string, plan: Plan, state: State): void {
  const removals = plan.files.filter(({ action }) => action === "remove");
  const writes = [...fileWrites(directory, plan.files), ...stateWrites(directory, plan, state)];
  const isInterrupted = isThere(join(directory, stagingFolder));
  if (writes.length === 0 && removals.length === 0 && !isInterrupted) return;
  const made: string[] = [];
  let release: (() => void) | undefined;
  try {
    made.push(...makeFolders(join(directory, stateFolder)));
    release = holdProject(directory);
    requireUnchanged(directory, plan, state);
    stage(directory, writes);
  } catch (cause) {
    // Only what this run made: another one may be at work.
    if (release) clear(join(directory, stagingFolder));
    release?.();
    made.toReversed().forEach(removeEmpty);
    throw failure(directory, "nothing was written", cause);
  }
  try {
    const isState = ({ path }: Write) => path === storePath || path.startsWith(`${stateFolder}/`);
    const move = (write: Write) => moveIntoPlace(directory, write, writes.indexOf(write));
    writes.filter((write) => !isState(write)).forEach(move);
    removals.forEach(({ path }) => remove(directory, path));
    writes.filter(isState).forEach(move);
    removeOrphanedBases(directory, state.lock);
  } catch (cause) {
    const outcome = "the run stopped half way; run the same command again to complete it";
    throw failure(directory, outcome, cause);
  } finally {
    clear(join(directory, stagingFolder));
    release();
  }
}

const stagingFolder = `${stateFolder}/staging`;

interface Write {
  readonly path: string;
  readonly text: string;
  /** Permission bits, before the mask of the process. */
  readonly mode: number;
  /** Whether a file stands there, which hands on its permissions. */
  readonly isReplacing: boolean;
}

function fileWrites(directory: string, files: readonly PlannedFile[]): readonly Write[] {
  return files.flatMap(({ path, text, isExecutable }) => {
    if (text === undefined) return [];
    const disk = readDiskFile(directory, path);
    const isReplacing = disk.kind === "text";
    const mode = isExecutable === true ? 0o777 : 0o666;
    return [{ path, text: likeLines(text, isReplacing ? disk.text : ""), mode, isReplacing }];
  });
}

/** The base of every file that was settled anew, then the lock, then the answers. */
function stateWrites(directory: string, { files }: Plan, { lock, store }: State): readonly Write[] {
  const bases = files.flatMap(({ path, settled }) =>
    settled ? [{ path: basePath(path), text: settled.text }] : [],
  );
  const state = [
    { path: lockPath, text: formatLock(lock) },
    { path: storePath, text: store },
  ];
  return [...bases, ...state].flatMap(({ path, text }) => {
    const disk = readDiskFile(directory, path);
    if (disk.kind === "obstacle") {
      throw new UserError(`${path} cannot be written (${disk.what}); nothing was written`, {
        hint: "Move what stands there out of the way.",
      });
    }
    const isReplacing = disk.kind === "text";
    return isReplacing && disk.text === text ? [] : [{ path, text, mode: 0o666, isReplacing }];
  });
}

/** What was printed is what is applied: nothing may have changed since. */
function requireUnchanged(directory: string, { files }: Plan, { seen: state }: State): void {
  requireSame(directory, lockPath, state.lock, "normalized");
  requireSame(directory, storePath, state.store, "normalized");
  for (const { path, action, seen } of files) {
    if (action !== "keep" && action !== "conflict") requireSame(directory, path, seen, "text");
  }
}

function requireSame(
  directory: string,
  path: string,
  seen: string | undefined,
  form: "text" | "normalized",
): void {
  const disk = readDiskFile(directory, path);
  if (disk.kind !== "obstacle" && (disk.kind === "text" ? disk[form] : undefined) === seen) return;
  throw new UserError(`${path} was changed while this run was being planned; nothing was written`, {
    hint: "Run the command again.",
  });
}

function stage(directory: string, writes: readonly Write[]): void {
  const staging = join(directory, stagingFolder);
  clear(staging);
  mkdirSync(staging);
  writes.forEach(({ text, mode }, index) => {
    writeFileSync(join(staging, String(index)), text, { flag: "wx", mode });
  });
}

/** Moves a staged file to its path; a file that is replaced hands on its permissions. */
function moveIntoPlace(directory: string, { path, isReplacing }: Write, index: number): void {
  const staged = join(directory, stagingFolder, String(index));
  const target = join(directory, path);
  makeFolders(dirname(target));
  if (isReplacing) {
    const executable = statSync(staged).mode & 0o111;
    chmodSync(staged, (statSync(target).mode & 0o777) | executable);
  }
  renameSync(staged, target);
}

/**
 * Makes a folder and those above it that are missing, and returns the ones it made, outermost first.
 * One by one: the recursive call of Node never ends where a file system refuses quietly.
 */
function makeFolders(folder: string): readonly string[] {
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

/** Removes a file of the project, and the folders that are empty without it. */
function remove(directory: string, path: string): void {
  if (readDiskFile(directory, path).kind !== "text") return;
  rmSync(join(directory, path));
  for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) {
    removeEmpty(join(directory, folder));
  }
}

/** Removes the bases of files that the lock no longer speaks of. */
function removeOrphanedBases(directory: string, { files }: Lock): void {
  const base = join(directory, basePath(""));
  if (!isThere(base)) return;
  const entries = readdirSync(base, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((candidate) => candidate.isFile())) {
    const path = join(entry.parentPath, entry.name).slice(base.length);
    if (!Object.hasOwn(files, path)) remove(directory, basePath(path));
  }
}

/** Removes a folder that holds nothing, and leaves everything else, links included. */
function removeEmpty(folder: string): void {
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  if (stats?.isDirectory() !== true) return;
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}

/** Removes what a run put aside. A link in its place is removed and not followed. */
function clear(staging: string): void {
  rmSync(staging, { recursive: true, force: true });
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
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
