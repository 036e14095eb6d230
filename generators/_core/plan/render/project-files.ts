import { requirements } from "../../program/requirements.gen.ts";
import type { Project } from "../../project/project.ts";
import { sharedView } from "../../project/shared-view.ts";
import { includesTier } from "../../program/tier.ts";
import type { TemplateSet } from "./read-templates.ts";
import { render, type RenderedFile } from "./render.ts";

/** Renders all files of a project, in the order of their paths. */
export function projectFiles(project: Project, templates: TemplateSet): readonly RenderedFile[] {
  const { platform } = project;
  const view = { ...sharedView(project, requirements), ...platform.view(project) };
  const files = render(templates, view, [...omittedForTier(project), ...platform.omits(project)]);
  const former = new Map(Object.entries(platform.renamedFrom ?? {}));
  return files.map((file) => {
    const renamedFrom = former.get(file.path);
    return renamedFrom ? { ...file, renamedFrom } : file;
  });
}

/** The files of a project that was there before: the ones of which it may have none yet. */
export function adoptedFiles(
  project: Project,
  templates: TemplateSet,
  isThere: (path: string) => boolean,
): readonly RenderedFile[] {
  const view = sharedView(project, requirements);
  const left = [...templates.files.keys()].filter(
    (path) => !adoptable.includes(path) || isThere(path),
  );
  return render(templates, view, [...omittedForTier(project), ...left]);
}

const adoptable = ["CHANGELOG.md", "SECURITY.md"];

/** What only the tiers from Registered on carry. */
function omittedForTier({ tier }: Project): readonly string[] {
  return includesTier(tier, "registered") ? [] : ["CHANGELOG.md", "SECURITY.md"];
}
