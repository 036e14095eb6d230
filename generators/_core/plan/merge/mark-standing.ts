import type { DocumentFormat } from "../../repository/documents/document.ts";
import { blockMarks } from "../../repository/marked-blocks.ts";
import { contentOf, documentOf } from "./marked-document.ts";
import { placeOf } from "./place-blocks.ts";

/** What a block would hold. */
interface Wanted {
  readonly id: string;
  readonly lines: readonly string[];
}

/**
 * Marks what stands in a base in the words of blocks already, though nobody marked it there: the next
 * merge then finds it in the user's document by its words, and brings it up to date in its place.
 *
 * @param base In LF.
 */
export function markStanding(
  base: string,
  format: DocumentFormat,
  blocks: readonly Wanted[],
): string {
  return blocks.reduce((text, { id, lines }) => {
    const document = documentOf(text, format);
    const marks = blockMarks(id, format);
    if ("problems" in document || !marks || document.blocks.some((one) => one.id === id))
      return text;
    const place = placeOf(document, id, lines);
    if (!place) return text;
    return [
      ...document.lines.slice(0, place.start),
      marks.begin,
      ...document.lines.slice(place.start, place.end),
      marks.end,
      ...document.lines.slice(place.end),
    ].join("\n");
  }, base);
}

/** The blocks of a base that stand in a document no more, neither marked nor by their words. */
export function goneBlocks(base: string, text: string, format: DocumentFormat): readonly string[] {
  const [old, now] = [base, text].map((source) => documentOf(source, format));
  if (!old || !now || "problems" in old || "problems" in now) return [];
  return old.blocks
    .filter((block) => placeOf(now, block.id, contentOf(old, block)) === undefined)
    .map(({ id }) => id);
}
