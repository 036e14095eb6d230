import { judgeRendered, type Judgement } from "../../audit/judge.ts";
import { packageVersion } from "../../package-folder.ts";
import { hashText } from "../../plan/hash.ts";
import { normalizeLines } from "../../plan/line-endings.ts";
import type { Plan } from "../../plan/plan.ts";
import type { DiskFile } from "../../plan/read-project.ts";
import type { RenderedFile } from "../../plan/render/render.ts";
import type { LockedFile } from "../../plan/state/lock.ts";
import type { Files } from "../../program/requirement.ts";
import { requirements } from "../../program/requirements.gen.ts";
import type { Project } from "../../project/project.ts";
import { formatOf } from "../../repository/documents/document.ts";
import { findBlocks } from "../../repository/marked-blocks.ts";
import { snapshotOf } from "../../repository/snapshot.ts";

/** What a project is made of, and what it is judged by. */
export interface JudgedProject {
  readonly project: Project;
  /** What was rendered for it. */
  readonly rendered: readonly RenderedFile[];
  /** The files of a project that was there before; `undefined` for one that is rendered whole. */
  readonly adopted: Files | undefined;
  readonly disk: (path: string) => DiskFile;
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

/** Judges a project as it stands when a plan has been carried out. */
export async function judgeAfter(
  plan: Plan,
  { project, rendered, adopted, disk, today }: JudgedProject,
): Promise<readonly Judgement[]> {
  const files = new Map([...(adopted ?? []), ...textsAfter(plan, disk)]);
  const isAsRendered = (file: RenderedFile) =>
    saysAsRendered(file, files.get(file.path), plan.locked[file.path]);
  if (!adopted && rendered.every(isAsRendered)) {
    return judgeRendered(requirements, project);
  }
  // Loaded late: reading documents costs as much as rendering a project.
  const { judgeRepository } = await import("../../audit/judge-repository.ts");
  // Of a deployment of somebody else's making only its files count, not what was answered.
  const world = {
    today,
    packageVersion: packageVersion(),
    ...(adopted ? {} : { subject: project }),
  };
  const { requirements: judged } = await judgeRepository(snapshotOf(files), world);
  return requirements.flatMap((requirement) => {
    const outcome = judged.find(({ id }) => id === requirement.id)?.outcome;
    return outcome === undefined ? [] : [{ requirement, outcome }];
  });
}

/**
 * Whether a file says what was rendered: it is the same, or one that is written once and was never
 * edited, or a document whose marked blocks are all as they were. What users write around those is
 * for `check` to weigh, which reads it all.
 */
function saysAsRendered(
  { path, text }: RenderedFile,
  there: string | undefined,
  locked: LockedFile | undefined,
): boolean {
  if (there === undefined) return false;
  if (there === text || hashText(there) === locked?.sha256) return true;
  return locked?.ownership === "blocks" && blocksOf(path, there) === blocksOf(path, text);
}

/** The marked blocks of a document as one text; one without any has a text like no other. */
function blocksOf(path: string, text: string): string {
  const marked = findBlocks(text, formatOf(path) ?? "text");
  if (marked.kind === "broken" || marked.blocks.length === 0) return text;
  const blocks = marked.blocks.map(({ id, start, end }) => `${id}\n${text.slice(start, end)}`);
  return blocks.toSorted().join("");
}

/** The texts of the planned files when the plan has been carried out. */
function textsAfter(plan: Plan, disk: (path: string) => DiskFile): readonly [string, string][] {
  return plan.files.flatMap(({ path, at = path, action, text }) => {
    if (action === "remove") return [];
    if (text !== undefined) return [[at, normalizeLines(text)]];
    const there = disk(at);
    return there.kind === "text" ? [[at, there.normalized]] : [];
  });
}
