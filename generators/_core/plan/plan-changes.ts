import { UserError } from "../user-error.ts";
import {
  isEffective,
  stateIgnore,
  stateIgnorePath,
  type Change,
  type FileImage,
} from "./change.ts";
import { likeLines } from "./line-endings.ts";
import { basePath, formatLock, lockPath, type Lock } from "./state/lock.ts";
import type { PlannedFile } from "./planned-file.ts";
import type { Plan } from "./plan.ts";
import type { DiskFile } from "./read-project.ts";
import { storePath } from "./state/stored-answers.ts";

/** What a project remembers of a run, beside its files. */
export interface State {
  readonly lock: Lock;
  /** The text of `.yo-rc.json`, byte for byte. */
  readonly store: string;
}

/** Where changes are made: what stands there, and how files are made there. */
export interface ChangedFolder {
  readonly disk: (path: string) => DiskFile;
  /** The permission bits that new files do not get. */
  readonly mask: number;
}

/**
 * Turns a plan into the changes that carry it out: the files first, then the state, bases before the
 * lock that speaks of them and the answers last.
 *
 * @param before The lock as it stands, `undefined` where there is none.
 * @throws UserError when something stands where the state belongs.
 */
export function planChanges(
  plan: Plan,
  { lock, store }: State,
  before: Lock | undefined,
  folder: ChangedFolder,
): readonly Change[] {
  const state = (path: string, text: string | undefined) => stateChange(folder, path, text);
  const gone = Object.keys(before?.files ?? {}).filter((path) => !Object.hasOwn(lock.files, path));
  const bases = [
    ...gone.map((path) => state(basePath(path), undefined)),
    ...plan.files.flatMap(({ path, base }) =>
      base === undefined ? [] : [state(basePath(path), base)],
    ),
  ];
  const changes = [
    ...plan.files.flatMap((file) => fileChanges(file, folder.mask)),
    ...bases.filter(isEffective),
    state(lockPath, formatLock(lock)),
    textChange(folder, storePath, store),
  ];
  return changes.some(isEffective) ? [ignoring(folder), ...changes] : changes;
}

/** Keeps what runs put aside out of git, beside what users wrote there. */
function ignoring(folder: ChangedFolder): Change {
  const there = folder.disk(stateIgnorePath);
  const text = there.kind === "text" ? there.normalized : "";
  const lines = text.split("\n");
  const missing = stateIgnore
    .trim()
    .split("\n")
    .filter((line) => !lines.includes(line));
  const apart = text === "" || text.endsWith("\n") ? "" : "\n";
  const added = missing.map((line) => `${line}\n`).join("");
  return stateChange(folder, stateIgnorePath, missing.length === 0 ? text : text + apart + added);
}

/** A file of the state, in the line endings in which a checkout may have it. */
function stateChange(folder: ChangedFolder, path: string, text: string | undefined): Change {
  const there = folder.disk(path);
  if (text === undefined || there.kind !== "text") return textChange(folder, path, text);
  const isSame = there.normalized === text;
  return textChange(folder, path, isSame ? there.text : likeLines(text, there.text));
}

function fileChanges(file: PlannedFile, mask: number): readonly Change[] {
  const { path, at = path, action, seen, text, from } = file;
  if (action === "remove") return [{ path: at, before: seen && imageOf(seen), after: undefined }];
  if (text === undefined) return [];
  const model = seen ?? from?.seen;
  const isExecutable = file.isExecutable ?? ((model?.mode ?? 0) & 0o111) !== 0;
  const mode = model ? withExecutable(model.mode, isExecutable) : newMode(isExecutable, mask);
  const write = { path: at, before: seen && imageOf(seen), after: { text, mode } };
  return from
    ? [write, { path: from.path, before: imageOf(from.seen), after: undefined }]
    : [write];
}

/** A text that is to stand at a path: POSIX, relative to the project; byte for byte. */
export interface Edit {
  readonly path: string;
  readonly text: string;
}

/**
 * Turns edits of single files into changes, beside everything that a template says of them: to the
 * next run they are the user's own.
 *
 * @throws UserError when something else than a file stands there.
 */
export function planEdits(edits: readonly Edit[], folder: ChangedFolder): readonly Change[] {
  return edits.map(({ path, text }) => textChange(folder, path, text));
}

/** One that is as it should be only has to be so still when the others are written. */
function textChange({ disk, mask }: ChangedFolder, path: string, text: string | undefined): Change {
  const there = disk(path);
  if (there.kind === "obstacle") {
    throw new UserError(`${path} cannot be written (${there.what}); nothing was written`, {
      hint: "Move what stands there out of the way.",
    });
  }
  const before = there.kind === "text" ? imageOf(there) : undefined;
  const after =
    text === undefined ? undefined : { text, mode: before?.mode ?? newMode(false, mask) };
  return { path, before, after };
}

function imageOf({ text, mode }: FileImage): FileImage {
  return { text, mode };
}

function newMode(isExecutable: boolean, mask: number): number {
  return (isExecutable ? 0o777 : 0o666) & ~mask;
}

/** Whoever may read a script may run it. */
function withExecutable(mode: number, isExecutable: boolean): number {
  if (!isExecutable) return mode & ~0o111;
  return (mode & 0o111) === 0 ? mode | ((mode & 0o444) >> 2) : mode;
}
