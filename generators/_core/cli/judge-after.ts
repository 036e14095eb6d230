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

/**
 * Judges a project as it stands when a plan has been carried out.
 *
 * @param today `YYYY-MM-DD`.
 */
export async function judgeAfter(
  plan: Plan,
  rendered: readonly RenderedFile[],
  project: Project,
  disk: (path: string) => DiskFile,
  today: string,
): Promise<readonly Judgement[]> {
  const files = filesAfter(plan, disk);
  if (rendered.every(({ path, text }) => files.get(path) === text)) {
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

/** The texts that the project holds when the plan has been carried out. */
function filesAfter(plan: Plan, disk: (path: string) => DiskFile): Files {
  const texts = plan.files.flatMap(({ path, at = path, action, text }) => {
    if (action === "remove") return [];
    if (text !== undefined) return [[at, normalizeLines(text)] as const];
    const there = disk(at);
    return there.kind === "text" ? [[at, there.normalized] as const] : [];
  });
  return new Map(texts);
}
