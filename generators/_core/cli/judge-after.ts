import { judge, type Judgement } from "../audit/judge.ts";
import type { Plan } from "../plan/plan.ts";
import { normalizeLines } from "../plan/line-endings.ts";
import type { DiskFile } from "../plan/read-project.ts";
import type { RenderedFile } from "../plan/render.ts";
import type { Files } from "../program/requirement.ts";
import { requirements } from "../program/requirements.gen.ts";
import type { Project } from "../project/project.ts";

/** Judges a project as it stands when a plan has been carried out. */
export async function judgeAfter(
  plan: Plan,
  rendered: readonly RenderedFile[],
  project: Project,
  disk: (path: string) => DiskFile,
): Promise<readonly Judgement[]> {
  const files = filesAfter(plan, disk);
  const readme = files.get("README.md") ?? "";
  if (rendered.some(({ path, text }) => path === "README.md" && text === readme)) {
    return judge(requirements, files, "as-rendered", project);
  }
  // Loaded late: reading Markdown costs as much as rendering a project.
  const { markdownDocument } = await import("../repository/documents/markdown-document.ts");
  return judge(requirements, files, markdownDocument(readme), project);
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
