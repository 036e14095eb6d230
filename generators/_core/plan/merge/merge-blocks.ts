import type { DocumentFormat } from "../../repository/documents/document.ts";
import { editLines, type LineEdit } from "./edit-lines.ts";
import type { Chunk } from "./markdown-style.ts";
import { contentOf, documentOf, trusted, type Unreadable } from "./marked-document.ts";
import { mergeContent } from "./merge-content.ts";
import type { Merged } from "./merge-texts.ts";
import { insertion, keysOf, placeOf, removal, together } from "./place-blocks.ts";
import type { Decide, Settled } from "./settle-pieces.ts";

/** What became of a document that is the user's, apart from the blocks in it. */
export interface MergedBlocks extends Merged {
  /** A clause for each block that is no longer where it was: `block security was removed by you`. */
  readonly notes: readonly string[];
}

/**
 * Brings the marked blocks of a document up to date and leaves every byte outside them as it is.
 *
 * Inside a block, what says the same as before follows the new version in the wrapping and with the
 * bullets of the user; what the user changed stays. A block that the user took away stays away; one
 * whose markers alone are gone is found by its words.
 *
 * @param ours The user's document as it stands on disk.
 * @param base The document as it was last rendered, in LF.
 * @param theirs The document as it is rendered now, in LF.
 * @returns What is wrong with the user's markers, where they cannot be read.
 */
export function mergeBlocks(
  ours: string,
  base: string,
  theirs: string,
  format: DocumentFormat,
  decide: Decide,
): MergedBlocks | Unreadable {
  const mine = documentOf(ours, format);
  if ("problems" in mine) return mine;
  const old = trusted(documentOf(base, format));
  const fresh = trusted(documentOf(theirs, format));
  const edits: LineEdit[] = [];
  const insertions: LineEdit[] = [];
  const settled: Settled<Chunk>[] = [];
  const notes: string[] = [];
  for (const [index, block] of fresh.blocks.entries()) {
    const before = old.blocks.find(({ id }) => id === block.id);
    const place = placeOf(mine, block.id, before && contentOf(old, before));
    if (place) {
      const merged = mergeContent(
        mine.lines.slice(place.start, place.end),
        before ? contentOf(old, before) : [],
        contentOf(fresh, block),
        decide,
      );
      settled.push(merged.settled);
      edits.push({ ...place, lines: merged.lines });
    } else if (before) notes.push(`block ${block.id} was removed by you`);
    else insertions.push(insertion(mine, fresh, index));
  }
  for (const block of old.blocks.filter(({ id }) => !fresh.blocks.some((one) => one.id === id))) {
    const stale = mine.blocks.find(({ id }) => id === block.id);
    if (!stale) continue;
    const isUntouched = keysOf(contentOf(mine, stale)) === keysOf(contentOf(old, block));
    if (isUntouched) edits.push(removal(mine, old, stale, block));
    else notes.push(`block ${block.id} is no longer part of these answers, but edited by you`);
  }
  return {
    text: editLines(ours, [...edits, ...together(mine, insertions)]),
    conflicts: settled.flatMap(({ conflicts }) => conflicts),
    decisions: settled.flatMap(({ decisions }) => decisions),
    notes,
  };
}
