import { isProjectPath } from "../generators/_core/plan/project-path.ts";
import type { Change, FileImage } from "../generators/_core/plan/change.ts";
import { normalizeLines } from "../generators/_core/plan/line-endings.ts";
import type { ChangedFolder } from "../generators/_core/plan/plan-changes.ts";
import type { PlanChoices, ProjectFolder } from "../generators/_core/plan/plan.ts";

/** Conflicts stay open, what is deleted stays deleted. */
export const cautiously: PlanChoices = {
  decide: () => () => "later",
  isWanted: () => false,
  ownership: {},
};

/** A folder without a disk: its files by path. */
export type MemoryFolder = ReadonlyMap<string, FileImage>;

/** How plans see such a folder. */
export function viewOf(
  files: MemoryFolder,
  isLeftOut: (path: string) => boolean,
): ProjectFolder & ChangedFolder {
  return {
    disk: (path) => {
      const image = files.get(path);
      return image
        ? { kind: "text", ...image, normalized: normalizeLines(image.text) }
        : { kind: "absent" };
    },
    candidates: () =>
      [...files]
        .filter(([path]) => isProjectPath(path) && !isLeftOut(path))
        .map(([path, { text }]) => ({ path, text: normalizeLines(text) })),
    mask: 0o022,
  };
}

/** The folder after some changes, each of which has to fit what is there. */
export function carriedOut(files: MemoryFolder, changes: readonly Change[]): MemoryFolder {
  const after = new Map(files);
  for (const { path, before, after: image } of changes) {
    if (after.get(path)?.text !== before?.text) throw new Error(`${path} is not what was planned`);
    if (image) after.set(path, image);
    else after.delete(path);
  }
  return after;
}

/** What takes changes back. */
export function reversed(changes: readonly Change[]): readonly Change[] {
  return changes
    .map(({ path, before, after }) => ({ path, before: after, after: before }))
    .toReversed();
}
