import { programPage } from "../../program/requirement.ts";
import { requirements } from "../../program/requirements.gen.ts";

/** Where the program asks for a requirement: its page, at the heading. */
export function requirementHelp(id: string): string {
  const source = requirements.find((requirement) => requirement.id === id)?.source;
  return source === undefined ? programPage : `${programPage}#${slug(source)}`;
}

/** As Sphinx makes the anchor of a heading. */
function slug(heading: string): string {
  return heading.toLowerCase().replace(/[^a-z0-9]+/g, "-");
}
