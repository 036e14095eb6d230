import branding from "../program/requirements/branding-name.ts";
import type { Documents } from "./find-documents.ts";
import { matchSentence } from "./statements/match-sentence.ts";

/** NAME and CREATOR of "NAME for Mattermost by CREATOR". */
export interface Brand {
  readonly name: string;
  readonly creator: string;
}

/**
 * Reads the name of a solution from the program's sentence, or else from a heading that has its form.
 * Prose that happens to hold those words names nothing.
 */
export function brandOf({ read }: Documents): Brand | undefined {
  const { evidence } = branding;
  const [statement] =
    evidence.kind === "text" ? evidence.statements({ systems: [], unofficialOptions: [] }) : [];
  for (const document of read) {
    if (!statement) break;
    const { outcome, slots } = matchSentence(statement, document);
    const { NAME: name, CREATOR: creator } = slots;
    const isSaid = outcome !== "near" && outcome !== "unmet";
    if (isSaid && name !== undefined && creator !== undefined) return { name, creator };
  }
  for (const { document } of read) {
    for (const { kind, text } of document.blocks) {
      const [, name, creator] = /^(.{1,100}) for Mattermost by (.{1,100})$/.exec(text) ?? [];
      const isHeading = kind === "heading" && name !== undefined && creator !== undefined;
      if (isHeading) return { name, creator };
    }
  }
  return undefined;
}
