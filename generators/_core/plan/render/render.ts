import ejs from "ejs";
import type { View } from "../../project/platform.ts";
import type { TemplateSet } from "./read-templates.ts";

/** A file as the templates make it: LF, ending in one line break. */
export interface RenderedFile {
  /** POSIX, relative to the project. */
  readonly path: string;
  readonly text: string;
  readonly isExecutable: boolean;
  /** The paths at which earlier releases emitted it. */
  readonly renamedFrom?: readonly string[];
}

/**
 * Renders every template of a set, apart from the paths that are left out, in the order of their
 * paths. The same set and view give the same bytes: nothing else is looked at.
 *
 * @throws Error when a template names something that the view has not.
 */
export function render(
  templates: TemplateSet,
  view: View,
  omitted: readonly string[],
): readonly RenderedFile[] {
  const left = new Set(omitted);
  return [...templates.files]
    .filter(([path]) => !left.has(path))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, template]) => {
      const text = renderText(template, path, view, templates.partial);
      return { path, text, isExecutable: text.startsWith("#!") };
    });
}

function renderText(
  template: string,
  path: string,
  view: View,
  readPartial: TemplateSet["partial"],
): string {
  if (!template.includes("<%")) return template;
  return ejs.render(template, view, {
    filename: path,
    includer: (name) => {
      const partial = readPartial(name);
      if (partial === undefined) throw new Error(`${path} includes ${name}, which is no partial`);
      return { template: partial };
    },
  });
}
