import { isProjectPath, stateFolder } from "./project-path.ts";
import { lockPath } from "./state/lock.ts";
import { storePath } from "./state/stored-answers.ts";

/** A text file as it stands on disk, byte for byte. */
export interface FileImage {
  readonly text: string;
  /** Permission bits, such as `0o644`. */
  readonly mode: number;
}

/** What a run does to one path: makes a file, replaces it or takes it away. */
export interface Change {
  /** POSIX, relative to the project. */
  readonly path: string;
  /** What stands there before; `undefined` for nothing. */
  readonly before: FileImage | undefined;
  /** What stands there afterwards; `undefined` for nothing. */
  readonly after: FileImage | undefined;
}

/** Whether a change is one: what is to stay as it is has only to be so still. */
export function isEffective({ before, after }: Change): boolean {
  return before?.text !== after?.text || before?.mode !== after?.mode;
}

/** Whether a run may change a path: a file of the project, or one of its state. */
export function isChangePath(path: string): boolean {
  const base = `${stateFolder}/base/`;
  return (
    isProjectPath(path) ||
    [storePath, lockPath, stateIgnorePath].includes(path) ||
    (path.startsWith(base) && isProjectPath(path.slice(base.length)))
  );
}

/** Keeps what belongs to one checkout alone out of git: see {@link stateIgnore}. */
export const stateIgnorePath = `${stateFolder}/.gitignore`;

/** The patterns of {@link stateIgnorePath}: what runs keep for themselves. */
export const stateIgnore = "/journal/\n/running\n/undo/\n";
