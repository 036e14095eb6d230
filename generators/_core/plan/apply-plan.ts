import {
  chmodSync,
  mkdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { UserError } from "../user-error.ts";
import { likeLines } from "./line-endings.ts";
import { basePath, formatLock, lockPath, type Lock } from "./lock.ts";
import type { Plan, PlannedFile } from "./plan.ts";
import { stateFolder } from "./project-path.ts";
import { readDiskFile } from "./read-project.ts";
import { storePath } from "./stored-answers.ts";

/** What a project remembers of a run, beside its files. */
export interface State {
  readonly lock: Lock;
  /** The text of `.yo-rc.json`. */
  readonly store: string;
}

/**
 * Carries out a plan: every file is written aside first and moved into its place when all are
 * there, the state last.
 *
 * A full disk therefore leaves everything as it was. A run that is killed between two moves leaves
 * files that are either old or new; the next run recognises both and completes it, since the lock
 * still speaks of the old ones.
 *
 * @param directory An absolute path that `checkDirectory` accepted.
 * @throws UserError when the disk is full or a file cannot be written.
 */
export function applyPlan(directory: string, plan: Plan, state: State): void {
  const writes = [...fileWrites(directory, plan.files), ...stateWrites(directory, plan, state)];
  const removals = plan.files.filter(({ action }) => action === "remove");
  if (writes.length === 0 && removals.length === 0) return;
  const made = mkdirSync(directory, { recursive: true });
  const staging = join(directory, stateFolder, "staging");
  try {
    clearStaging(directory, staging);
    writes.forEach(({ text, mode }, index) => {
      writeFileSync(join(staging, String(index)), text, { flag: "wx", mode });
    });
  } catch (cause) {
    rmSync(staging, { recursive: true, force: true });
    removeEmpty(join(directory, stateFolder));
    if (made !== undefined) removeEmptyUpTo(directory, made);
    throw failure(directory, "nothing was written", cause);
  }
  try {
    makeFolders(directory, writes);
    writes.forEach((write, index) =>
      moveIntoPlace(join(staging, String(index)), join(directory, write.path), write),
    );
    removals.forEach(({ path }) => remove(directory, path));
  } catch (cause) {
    throw failure(
      directory,
      "the run stopped half way; run the same command again to complete it",
      cause,
    );
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

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

function clearStaging(directory: string, staging: string): void {
  const disk = readDiskFile(directory, `${stateFolder}/staging`);
  if (disk.kind === "obstacle" && disk.what.includes("symbolic link")) {
    throw new Error(`${stateFolder}: ${disk.what}`);
  }
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
}

function makeFolders(directory: string, writes: readonly Write[]): void {
  const folders = new Set(writes.map(({ path }) => dirname(path)));
  for (const folder of folders) mkdirSync(join(directory, folder), { recursive: true });
}

/** Moves a staged file to its path; a file that is replaced hands on its permissions. */
function moveIntoPlace(staged: string, target: string, { isReplacing }: Write): void {
  if (isReplacing) {
    const executable = statSync(staged).mode & 0o111;
    chmodSync(staged, (statSync(target).mode & 0o777) | executable);
  }
  renameSync(staged, target);
}

function remove(directory: string, path: string): void {
  rmSync(join(directory, path), { force: true });
  rmSync(join(directory, basePath(path)), { force: true });
  for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) {
    removeEmpty(join(directory, folder));
    removeEmpty(join(directory, basePath(folder)));
  }
}

function removeEmptyUpTo(directory: string, top: string): void {
  for (let folder = directory; ; folder = dirname(folder)) {
    removeEmpty(folder);
    if (folder === top || folder === dirname(folder)) return;
  }
}

/** Removes a folder that holds nothing, and leaves every other one. */
function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    if (code !== "ENOTEMPTY" && code !== "ENOENT" && code !== "EEXIST") throw cause;
  }
}

function failure(directory: string, outcome: string, cause: unknown): unknown {
  if (!(cause instanceof Error) || cause instanceof UserError) return cause;
  const code = "code" in cause ? String(cause.code) : cause.message;
  const what = code === "ENOSPC" ? "the disk is full" : `writing failed: ${code}`;
  return new UserError(`${directory}: ${what}; ${outcome}`, {
    hint:
      code === "ENOSPC"
        ? "Free some space and run the command again."
        : "Mend the cause and run the command again.",
    cause,
  });
}
