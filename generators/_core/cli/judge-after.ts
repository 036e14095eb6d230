import { judgeRendered, type Judgement } from "../audit/judge.ts";
import { packageVersion } from "../package-folder.ts";
import { normalizeLines } from "../plan/line-endings.ts";
import type { Plan } from "../plan/plan.ts";
import type { DiskFile } from "../plan/read-project.ts";
import type { RenderedFile } from "../plan/render.ts";
import type { Files } from "../program/requirement.ts";
import { requirements } from "../program/requirements.gen.ts";
import type { Project } from "../project/project.ts";
import { snapshotOf } from "../repository/snapshot.ts";

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
  if (!adopted && rendered.every(({ path, text }) => files.get(path) === text)) {
    return judgeRendered(requirements, project);
  }
  // Loaded late: reading documents costs as much as rendering a project.
  const { judgeRepository } = await import("../audit/judge-repository.ts");
  const world = { today, packageVersion: packageVersion(), subject: project };
  const { requirements: judged } = await judgeRepository(snapshotOf(files), world);
  return requirements.flatMap((requirement) => {
    const outcome = judged.find(({ id }) => id === requirement.id)?.outcome;
    return outcome === undefined ? [] : [{ requirement, outcome }];
  });
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
