import { hashText } from "./hash.ts";
import { basePath, type Lock, type LockedFile } from "./lock.ts";
import type { DiskFile } from "./read-project.ts";
import type { RenderedFile } from "./render.ts";

/** What a run does with one file, and why. */
export interface PlannedFile {
  /** POSIX, relative to the project. */
  readonly path: string;
  readonly action: "create" | "update" | "remove" | "keep" | "conflict";
  /** A clause for the user: `new`, `unchanged`, `edited by you; nothing new for it`. */
  readonly reason: string;
  /** What stood there when the run was planned; `undefined` where nothing did. */
  readonly seen?: string;
  /** What is written, for `create` and `update`: in LF. */
  readonly text?: string;
  readonly isExecutable?: boolean;
  /** What the lock holds of it afterwards, with the text that was rendered. */
  readonly settled?: LockedFile & { readonly text: string };
}

/** What a run does, whole: computed in memory before anything is written. */
export interface Plan {
  readonly files: readonly PlannedFile[];
  /** The files that the lock holds afterwards. */
  readonly locked: Lock["files"];
}

/**
 * Compares what is rendered with what stands on disk and with what an earlier run left.
 *
 * A file that nobody touched follows the templates; one that the user edited, deleted or made is
 * left as it is. Where both sides changed, the file is a conflict: it stays, and the lock keeps what
 * it held, so that a later merge still knows the common base.
 *
 * @param disk Answers what stands at each rendered or locked path.
 */
export function planProject(
  rendered: readonly RenderedFile[],
  lock: Lock | undefined,
  disk: (path: string) => DiskFile,
): Plan {
  const wanted = new Set(rendered.map(({ path }) => path));
  const stale = Object.entries(lock?.files ?? {}).filter(([path]) => !wanted.has(path));
  const files = [
    ...rendered.map((file) => planFile(file, lock?.files[file.path], disk(file.path))),
    ...stale.flatMap(([path, base]) => planStale(path, base, disk)),
  ];
  return { files, locked: lockedAfter(files, lock) };
}

/** Whether carrying out a plan changes anything that the user sees. */
export function changesFiles({ files }: Plan): boolean {
  return files.some(({ action }) => ["create", "update", "remove"].includes(action));
}

function planFile(file: RenderedFile, base: LockedFile | undefined, disk: DiskFile): PlannedFile {
  const { path, text, isExecutable } = file;
  const settled = { sha256: hashText(text), isExecutable, text };
  const write = { path, text, isExecutable, settled };
  const isNews = base?.sha256 !== settled.sha256;
  if (disk.kind === "obstacle") return { path, action: "conflict", reason: disk.what };
  if (disk.kind === "absent") {
    if (base) return { path, action: "keep", reason: "deleted by you; stays deleted" };
    return { ...write, action: "create", reason: "new" };
  }
  if (disk.normalized === text) return { path, action: "keep", reason: "unchanged", settled };
  if (!base) return { path, action: "conflict", reason: "was there before, with another content" };
  if (hashText(disk.normalized) === base.sha256) {
    return { ...write, action: "update", reason: "brought up to date", seen: disk.text };
  }
  return isNews
    ? { path, action: "conflict", reason: "edited by you, and changed in the new version" }
    : { path, action: "keep", reason: "edited by you; nothing new for it" };
}

/**
 * A file that these answers no longer make. One that is gone already needs no word. It is removed
 * only when its base is there to prove that this package wrote it, as it stands.
 */
function planStale(
  path: string,
  locked: LockedFile,
  disk: (path: string) => DiskFile,
): readonly PlannedFile[] {
  const file = disk(path);
  const base = disk(basePath(path));
  const reason = "no longer part of these answers";
  if (file.kind === "absent") return [];
  if (file.kind === "obstacle")
    return [{ path, action: "keep", reason: `${reason}; ${file.what}` }];
  const isOurs = base.kind === "text" && hashText(base.normalized) === locked.sha256;
  if (!isOurs) return [{ path, action: "keep", reason: `${reason}, and its base is missing` }];
  return file.normalized === base.normalized
    ? [{ path, action: "remove", reason, seen: file.text }]
    : [{ path, action: "keep", reason: `${reason}, but edited by you` }];
}

function lockedAfter(files: readonly PlannedFile[], lock: Lock | undefined): Lock["files"] {
  const entries = files.flatMap(({ path, action, settled }) => {
    if (settled) {
      const { sha256, isExecutable } = settled;
      return [[path, { sha256, isExecutable }] as const];
    }
    const before = lock?.files[path];
    return before && action !== "remove" ? [[path, before] as const] : [];
  });
  return Object.fromEntries(entries);
}
