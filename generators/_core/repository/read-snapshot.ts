import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  type Dirent,
} from "node:fs";
import { join, relative, sep } from "node:path";
import { errorCode, UserError } from "../user-error.ts";
import { decodeText } from "./decode-text.ts";
import { readCommit } from "./read-commit.ts";
import type { ForeignEncoding, Snapshot, Unread } from "./snapshot.ts";

/** How much of a repository is read. */
export interface SnapshotBounds {
  readonly files: number;
  /** Bytes of one file. */
  readonly fileSize: number;
  /** Bytes of all texts together. */
  readonly totalSize: number;
  /** Folders within folders. */
  readonly depth: number;
  /** Milliseconds. */
  readonly time: number;
}

/** Enough for any deployment, little enough for an answer in seconds. */
export const snapshotBounds: SnapshotBounds = {
  files: 100_000,
  fileSize: 1024 * 1024,
  totalSize: 48 * 1024 * 1024,
  depth: 24,
  time: 8000,
};

/** What other tools keep in a checkout: nothing that its maintainers wrote. */
const skippedFolders = new Set(
  ".git .hg .svn .terraform .tox .venv .vagrant __pycache__ bower_components node_modules vendor venv".split(
    " ",
  ),
);
/** The renderings that this package keeps to compare with: a second copy of every file. */
const ownBase = ".mattermost-deployment/base";

const binaryName =
  /\.(png|jpe?g|gif|ico|bmp|webp|pdf|zip|t?gz|bz2|xz|zst|7z|rar|jar|war|rpm|deb|exe|dll|so|dylib|bin|class|pyc|woff2?|ttf|otf|eot|mp[34]|mov|avi|sqlite3?|db|keystore|gpg|p12)$/i;

/**
 * Reads a folder once, as untrusted input: no link is followed out of it, nothing is executed, and
 * the bounds hold whatever is in there.
 *
 * @param directory An absolute path.
 * @param shown The folder as the user named it.
 * @throws UserError when there is no such folder, or it cannot be listed.
 */
export function readSnapshot(
  directory: string,
  shown: string = directory,
  bounds: SnapshotBounds = snapshotBounds,
): Snapshot {
  const root = realFolder(directory, shown);
  const reading = new Reading(root, bounds);
  reading.folder("", listRoot(root, shown));
  return {
    path: shown,
    commit: readCommit(root),
    paths: reading.paths.toSorted(),
    texts: reading.texts,
    foreign: reading.foreign,
    unread: reading.unread,
    cutAt: reading.cutAt,
  };
}

/** One walk through a folder; it lives for one call. */
class Reading {
  readonly paths: string[] = [];
  readonly texts = new Map<string, string>();
  readonly foreign = new Map<string, ForeignEncoding>();
  readonly unread = new Map<string, Unread>();
  cutAt: string | undefined;
  readonly #root: string;
  readonly #bounds: SnapshotBounds;
  readonly #ends: number;
  #size = 0;

  constructor(root: string, bounds: SnapshotBounds) {
    this.#root = root;
    this.#bounds = bounds;
    this.#ends = Date.now() + bounds.time;
  }

  /** Files come before folders, so that a bound cuts the depths and not the README. */
  folder(path: string, entries: readonly Dirent[]): void {
    const sorted = entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of sorted.filter((candidate) => !candidate.isDirectory())) {
      if (this.#isOver()) return;
      this.#file(path + entry.name, entry);
    }
    const folders = sorted.filter((entry) => entry.isDirectory() && !isSkipped(path, entry.name));
    if (folders.length > 0 && path.split("/").length > this.#bounds.depth) {
      this.cutAt ??= `a depth of ${this.#bounds.depth} folders`;
      return;
    }
    for (const { name } of folders) {
      if (this.#isOver()) return;
      const listed = list(join(this.#root, path, name));
      if (listed) this.folder(`${path}${name}/`, listed);
      else this.unread.set(path + name, "unreadable");
    }
  }

  #isOver(): boolean {
    if (this.paths.length >= this.#bounds.files) {
      this.cutAt ??= `${this.#bounds.files.toLocaleString("en")} files`;
    }
    if (this.#size >= this.#bounds.totalSize) {
      this.cutAt ??= `${Math.round(this.#bounds.totalSize / 1024 / 1024)} MiB of text`;
    }
    if (Date.now() > this.#ends) this.cutAt ??= `${this.#bounds.time / 1000} s`;
    return this.cutAt !== undefined;
  }

  #file(path: string, entry: Dirent): void {
    this.paths.push(path);
    const target = entry.isSymbolicLink() ? this.#inside(path) : path;
    if (target === undefined) this.unread.set(path, "a link out of the repository");
    else if (!entry.isFile() && !entry.isSymbolicLink()) this.unread.set(path, "no file");
    else if (binaryName.test(path)) this.unread.set(path, "binary");
    else this.#text(path, target);
  }

  #text(path: string, target: string): void {
    const bytes = readBytes(join(this.#root, target), this.#bounds.fileSize);
    if (typeof bytes === "string") {
      this.unread.set(path, bytes);
      return;
    }
    this.#size += bytes.length;
    const decoded = decodeText(bytes);
    if (typeof decoded === "string") {
      this.unread.set(path, decoded);
      return;
    }
    this.texts.set(path, decoded.text);
    if (decoded.encoding) this.foreign.set(path, decoded.encoding);
  }

  /** Where a link leads, relative to the root; `undefined` for out of it, and for nowhere. */
  #inside(path: string): string | undefined {
    try {
      const target = relative(this.#root, realpathSync(join(this.#root, path)));
      const isOutside = target === "" || target === ".." || target.startsWith(`..${sep}`);
      const isHidden = target.split(sep).some((name) => skippedFolders.has(name));
      return isOutside || isHidden ? undefined : target;
    } catch {
      // A link to nothing, or in a circle, has no text: that is all there is to know of it.
      return undefined;
    }
  }
}

function isSkipped(path: string, name: string): boolean {
  return skippedFolders.has(name) || path + name === ownBase;
}

/** Neither a link that has just been put there nor a pipe is waited for. */
const careful = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

function readBytes(path: string, limit: number): Buffer | Unread {
  let descriptor: number;
  try {
    descriptor = openSync(path, careful);
  } catch {
    return "unreadable";
  }
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) return "no file";
    if (stats.size > limit) return "too large";
    const bytes = Buffer.allocUnsafe(stats.size);
    const length = readSync(descriptor, bytes, 0, stats.size, 0);
    return bytes.subarray(0, length);
  } catch {
    return "unreadable";
  } finally {
    closeSync(descriptor);
  }
}

function realFolder(directory: string, shown: string): string {
  try {
    const root = realpathSync(directory);
    if (lstatSync(root).isDirectory()) return root;
  } catch (cause) {
    throw new UserError(`${shown} cannot be read (${errorCode(cause) ?? "unknown"})`, {
      hint: "Name the folder of a repository.",
      cause,
    });
  }
  throw new UserError(`${shown} is no folder`, { hint: "Name the folder of a repository." });
}

function listRoot(root: string, shown: string): readonly Dirent[] {
  try {
    return readdirSync(root, { withFileTypes: true });
  } catch (cause) {
    throw new UserError(`${shown} cannot be listed (${errorCode(cause) ?? "unknown"})`, {
      hint: "Give this account the right to read it.",
      cause,
    });
  }
}

function list(folder: string): readonly Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return undefined;
  }
}
