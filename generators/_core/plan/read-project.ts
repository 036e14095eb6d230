import { isUtf8 } from "node:buffer";
import { accessSync, constants, lstatSync, readFileSync, realpathSync, type Stats } from "node:fs";
import { dirname, join, parse, sep } from "node:path";
import { errorCode, UserError } from "../user-error.ts";
import { normalizeLines } from "./line-endings.ts";
import { stateFolder } from "./project-path.ts";

/** A text as it stands on disk. */
export interface DiskText {
  readonly kind: "text";
  readonly text: string;
  /** The text in LF and without a byte order mark. */
  readonly normalized: string;
  /** Permission bits. */
  readonly mode: number;
}

/** The largest file that is taken for a text, in bytes. */
const largest = 64_000_000;

/** What stands at a path of a project. */
export type DiskFile =
  | { readonly kind: "absent" }
  /** A text in UTF-8. */
  | DiskText
  /** Something that is never written over: a link, a folder, a device, what is no text or huge. */
  | { readonly kind: "obstacle"; readonly what: string };

/**
 * Makes sure that a folder can take a project, before anything is asked or rendered.
 *
 * @param directory An absolute path; it need not exist.
 * @throws UserError when it is no folder, cannot be written to, or lies behind a symbolic link, or
 * when its state does.
 */
export function checkDirectory(directory: string): void {
  if (directory.split(sep).includes(".git")) {
    throw new UserError(`${directory} belongs to git; nothing was written`, {
      hint: "Name a folder outside .git.",
    });
  }
  const { root } = parse(directory);
  let path = root;
  for (const part of directory.slice(root.length).split(sep)) {
    const next = join(path, part);
    const stats = lstat(next);
    if (!stats) break;
    if (stats.isSymbolicLink()) throw behindLink(directory, next);
    if (!stats.isDirectory()) {
      throw new UserError(`${next} is not a folder; nothing was written`, {
        hint: "Name a folder, new or existing.",
      });
    }
    path = next;
  }
  if (!isWritable(path)) {
    throw new UserError(`${path} cannot be written to; nothing was written`, {
      hint: "Name another folder, or give this account the right to write there.",
    });
  }
  requireOwnState(directory);
}

/** What runs put aside is cleared away by the folder: never one that stands somewhere else. */
function requireOwnState(directory: string): void {
  const stats = lstat(join(directory, stateFolder));
  if (!stats || stats.isDirectory()) return;
  const what = stats.isSymbolicLink() ? "is a symbolic link" : "is not a folder";
  throw new UserError(`${directory}: ${stateFolder} ${what}; nothing was written`, {
    hint: "Move what stands there out of the way.",
  });
}

/**
 * Reads what stands at a path of a project. Links are never followed, neither the path itself nor a
 * folder on the way to it.
 *
 * @param path POSIX, relative to the project.
 */
export function readDiskFile(directory: string, path: string): DiskFile {
  return diskReader(directory)(path);
}

/** Reads paths of a project: POSIX, relative to it. */
export type DiskReader = (path: string) => DiskFile;

/**
 * Reads many paths of a project, like {@link readDiskFile}, and each once: what it was then is what it
 * is for everything that is decided with this reader. So a plan rests on one state of the project, and
 * whoever changes that meanwhile is noticed when the plan is applied.
 */
export function diskReader(directory: string): DiskReader {
  const files = new Map<string, DiskFile>();
  const folders = new Map<string, DiskFile | undefined>();
  const hindrance = (folder: string): DiskFile | undefined => {
    if (folder === ".") return undefined;
    if (!folders.has(folder)) {
      folders.set(folder, hindrance(dirname(folder)) ?? judgeFolder(directory, folder));
    }
    return folders.get(folder);
  };
  return (path) => {
    const known = files.get(path);
    if (known) return known;
    const file = hindrance(dirname(path)) ?? readFile(directory, path);
    files.set(path, file);
    return file;
  };
}

/** What keeps a folder from holding files of the project; `undefined` for nothing. */
function judgeFolder(directory: string, folder: string): DiskFile | undefined {
  const stats = lstat(join(directory, folder));
  if (!stats) return { kind: "absent" };
  if (stats.isSymbolicLink()) return { kind: "obstacle", what: `${folder} is a symbolic link` };
  if (!stats.isDirectory()) return { kind: "obstacle", what: `${folder} is not a folder` };
  return undefined;
}

function readFile(directory: string, path: string): DiskFile {
  const stats = lstat(join(directory, path));
  if (!stats) return { kind: "absent" };
  if (stats.isSymbolicLink()) return { kind: "obstacle", what: "it is a symbolic link" };
  if (!stats.isFile()) return { kind: "obstacle", what: "it is not a file" };
  if (stats.size > largest) {
    return { kind: "obstacle", what: `it is larger than ${largest / 1_000_000} MB` };
  }
  return readText(join(directory, path), stats.mode & 0o777);
}

function readText(path: string, mode: number): DiskFile {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new UserError(
      `${path} cannot be read (${errorCode(cause) ?? "unknown"}); nothing was written`,
      {
        hint: "Give this account the right to read it.",
        cause,
      },
    );
  }
  if (bytes.includes(0)) return { kind: "obstacle", what: "it is not a text" };
  if (!isUtf8(bytes)) return { kind: "obstacle", what: "it is not in UTF-8" };
  const text = bytes.toString("utf8");
  return { kind: "text", text, normalized: normalizeLines(text), mode };
}

function lstat(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (cause) {
    const code = errorCode(cause);
    if (code === "ENOTDIR") return undefined;
    throw new UserError(`${path} cannot be looked at (${code}); nothing was written`, {
      hint: "Name another folder, or give this account the right to read there.",
      cause,
    });
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function behindLink(directory: string, link: string): UserError {
  const hint = lstat(dirname(link)) && `Name the folder itself: ${realFolder(link, directory)}`;
  return new UserError(
    `${directory} lies behind the symbolic link ${link}; nothing was written`,
    hint === undefined ? {} : { hint },
  );
}

function realFolder(link: string, directory: string): string {
  try {
    return join(realpathSync(link), directory.slice(link.length));
  } catch {
    return "the link leads nowhere";
  }
}
