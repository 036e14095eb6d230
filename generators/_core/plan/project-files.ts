import { requirements } from "../program/requirements.gen.ts";
import type { Project } from "../project/project.ts";
import { sharedView } from "../project/shared-view.ts";
import { includesTier } from "../program/tier.ts";
import type { TemplateSet } from "./read-templates.ts";
import { render, type RenderedFile } from "./render.ts";

/** Renders all files of a project, in the order of their paths. */
export function projectFiles(project: Project, templates: TemplateSet): readonly RenderedFile[] {
  const view = { ...sharedView(project, requirements), ...project.platform.view(project) };
  return render(templates, view, [...omittedForTier(project), ...project.platform.omits(project)]);
}

/** What only the tiers from Registered on carry. */
function omittedForTier({ tier }: Project): readonly string[] {
  return includesTier(tier, "registered") ? [] : ["CHANGELOG.md", "SECURITY.md"];
}
