import { hashText } from "./hash.ts";
import { basePath, type Lock, type LockedFile } from "./state/lock.ts";
import { ownershipOf, type Ownership } from "./state/ownership.ts";
import { planFile } from "./plan-file.ts";
import type { PlannedFile } from "./planned-file.ts";
import type { DiskFile } from "./read-project.ts";
import type { RenderedFile } from "./render/render.ts";
import type { Decide } from "./merge/settle-pieces.ts";
import { findMoved, type Candidate } from "./similarity.ts";

/** What a run does, whole: computed in memory before anything is written. */
export interface Plan {
  readonly files: readonly PlannedFile[];
  /** The files that the lock holds afterwards. */
  readonly locked: Lock["files"];
}

/** The project as it stands. */
export interface ProjectFolder {
  /** What stands at a path: POSIX, relative to the project. */
  readonly disk: (path: string) => DiskFile;
  /** The texts that a user could have moved there: read only when a file is missing. */
  readonly candidates: () => readonly Candidate[];
}

/** What the user decided for this run. */
export interface PlanChoices {
  /** What is done with each conflict of a file. */
  readonly decide: (path: string) => Decide;
  /** Whether a file that the user deleted is to come back. */
  readonly isWanted: (path: string) => boolean;
  /** The files that belong to someone else than the templates say. */
  readonly ownership: Readonly<Record<string, Ownership>>;
}

/**
 * Compares what is rendered with what stands on disk and with what an earlier run left.
 *
 * A file that nobody touched follows the templates; what the user edited is merged with what is new;
 * what the user deleted or made stays as it is. Where both sides changed the same, the file is a
 * conflict: the lock then keeps what it held, so that the next merge still knows the common base.
 */
export function planProject(
  rendered: readonly RenderedFile[],
  lock: Lock | undefined,
  folder: ProjectFolder,
  choices: PlanChoices,
): Plan {
  const before = lock?.files ?? {};
  const wanted = new Map(rendered.map((file) => [file.path, renamedFrom(file, before)]));
  const known = rendered.flatMap(({ path }) => {
    const old = wanted.get(path) ?? path;
    return old !== path && isMovedTo(path, old, folder) ? [] : [old];
  });
  const moved = findMovedFiles(known, before, folder);
  const current = rendered.map((file) => {
    const old = wanted.get(file.path);
    const locked = place(old ?? file.path, before, folder, moved);
    return old === undefined
      ? planOne(file, locked, folder, choices)
      : planRenamed(file, old, locked, folder, choices);
  });
  const followed = new Set(wanted.values());
  const stale = Object.entries(before)
    .filter(([path]) => !wanted.has(path) && !followed.has(path))
    .flatMap(([path, file]) => planStale(path, file, folder, choices));
  const files = [...current, ...stale];
  return { files, locked: lockedAfter(files, before) };
}

/** Whether carrying out a plan changes anything that the user sees. */
export function changesFiles({ files }: Plan): boolean {
  return files.some(({ action, text }) => action === "remove" || text !== undefined);
}

/** The entry of a file, at the place where it stands today. */
function place(
  path: string,
  before: Lock["files"],
  folder: ProjectFolder,
  moved: ReadonlyMap<string, string>,
): LockedFile | undefined {
  const locked = before[path];
  if (!locked) return undefined;
  const { at, ...rest } = locked;
  const found = moved.get(path);
  if (found !== undefined) return { ...rest, at: found };
  const isBack = folder.disk(path).kind !== "absent";
  return at === undefined || isBack ? rest : { ...rest, at };
}

function planOne(
  rendered: RenderedFile,
  locked: LockedFile | undefined,
  folder: ProjectFolder,
  { decide, isWanted, ownership }: PlanChoices,
  base = rendered.path,
  stands = locked?.at ?? base,
): PlannedFile {
  const { path } = rendered;
  const at = locked?.at;
  const planned = planFile({
    rendered,
    ownership: ownershipOf(path, ownership),
    locked,
    base: () => textOf(folder.disk(basePath(base))),
    disk: folder.disk(stands),
    isWanted: isWanted(path),
    decide: decide(base),
  });
  if (at === undefined || planned.action === "create" || planned.locked?.at === undefined)
    return planned;
  return { ...planned, at, notes: [...(planned.notes ?? []), `you moved it to ${at}`] };
}

/** The old path of a file whose template was renamed, where an earlier run made it there. */
function renamedFrom(
  { path, renamedFrom: old = [] }: RenderedFile,
  before: Lock["files"],
): string | undefined {
  return before[path] ? undefined : old.find((candidate) => before[candidate]);
}

/**
 * Moves a file to where its template is now, with what the user made of it. One that the user moved
 * stays where it is, and one that they moved there is there.
 */
function planRenamed(
  rendered: RenderedFile,
  old: string,
  locked: LockedFile | undefined,
  folder: ProjectFolder,
  choices: PlanChoices,
): PlannedFile {
  const { path } = rendered;
  const seen = folder.disk(old);
  const stands = locked?.at ?? (isMovedTo(path, old, folder) ? path : old);
  const planned = planOne(rendered, locked, folder, choices, old, stands);
  // Its base stays under its old name, too.
  if (planned.action === "conflict") return { ...planned, path: old, at: stands };
  if (seen.kind !== "text" || stands !== old) return planned;
  if (folder.disk(path).kind !== "absent") {
    const reason = `its new place ${path} is taken`;
    return { path: old, action: "conflict", reason, seen, ...(locked && { locked }) };
  }
  const { text = seen.text, isExecutable = (seen.mode & 0o111) !== 0, ...rest } = planned;
  const { seen: _, ...others } = rest;
  const reason = `renamed from ${old}`;
  return { ...others, action: "rename", reason, text, isExecutable, from: { path: old, seen } };
}

/** Whether the user moved a file to where its template is now. */
function isMovedTo(path: string, old: string, folder: ProjectFolder): boolean {
  if (folder.disk(old).kind !== "absent") return false;
  const [base, text] = [basePath(old), path].map((one) => textOf(folder.disk(one)));
  return (
    base !== undefined && text !== undefined && findMoved(base, [{ path, text }]) !== undefined
  );
}

/** The files that the user moved, by their paths: each missing one and what is most like it. */
function findMovedFiles(
  paths: readonly string[],
  before: Lock["files"],
  folder: ProjectFolder,
): ReadonlyMap<string, string> {
  const missing = paths.filter((path) => {
    const locked = before[path];
    const isFollowed = locked && locked.state !== "deleted" && locked.ownership !== "once";
    return (
      isFollowed &&
      folder.disk(locked.at ?? path).kind === "absent" &&
      folder.disk(path).kind === "absent"
    );
  });
  const found = new Map<string, string>();
  if (missing.length === 0) return found;
  const taken = new Set(Object.values(before).map(({ at }) => at));
  let candidates = folder.candidates().filter(({ path }) => !taken.has(path));
  for (const path of missing) {
    const base = textOf(folder.disk(basePath(path)));
    const match = base === undefined ? undefined : findMoved(base, candidates);
    if (!match) continue;
    found.set(path, match.path);
    candidates = candidates.filter((candidate) => candidate !== match);
  }
  return found;
}

/**
 * A file that these answers no longer make. One that is gone already needs no word. It is removed
 * only when its base is there to prove that this package wrote it, as it stands, and the user did
 * not claim it.
 */
function planStale(
  path: string,
  locked: LockedFile,
  folder: ProjectFolder,
  { ownership }: PlanChoices,
): readonly PlannedFile[] {
  const { at } = locked;
  const place = { path, ...(at === undefined ? {} : { at }) };
  const file = folder.disk(at ?? path);
  const base = textOf(folder.disk(basePath(path)));
  const reason = "no longer part of these answers";
  const keep = (why: string): readonly PlannedFile[] => [
    { ...place, action: "keep", reason: `${reason}${why}`, locked },
  ];
  if (file.kind === "absent") return [];
  if (Object.hasOwn(ownership, path) && ownership[path] === "once") return keep(", but yours");
  if (file.kind === "obstacle") return keep(`; ${file.what}`);
  if (base === undefined || hashText(base) !== locked.sha256)
    return keep(", and its base is missing");
  if (file.normalized !== base || at !== undefined) return keep(", but edited by you");
  return [{ ...place, action: "remove", reason, seen: file }];
}

/** The files that the lock holds when a plan has been carried out. */
export function lockedAfter(files: readonly PlannedFile[], before: Lock["files"]): Lock["files"] {
  const entries = files.flatMap(({ path, action, locked = before[path] }) =>
    locked && action !== "remove" ? [[path, locked] as const] : [],
  );
  return Object.fromEntries(entries);
}

function textOf(disk: DiskFile): string | undefined {
  return disk.kind === "text" ? disk.normalized : undefined;
}
