import { headingHeight } from "../../repository/heading-lines.ts";
import { isBlank, type LineEdit } from "./edit-lines.ts";
import {
  documentEnd,
  sectionEnd,
  sectionStart,
  type MarkedDocument,
  type MarkedLines,
} from "./marked-document.ts";
import { chunkKey, readChunks } from "./markdown-style.ts";

/** Where the content of a block stands in the user's document: by its markers, or by its words. */
export function placeOf(
  document: MarkedDocument,
  id: string,
  content: readonly string[] | undefined,
): Omit<LineEdit, "lines"> | undefined {
  const block = document.blocks.find((candidate) => candidate.id === id);
  if (block) return { start: block.begin + 1, end: block.end };
  if (!content || keysOf(content).length < 40) return undefined;
  const wanted = readChunks(content.join("\n")).map(chunkKey);
  const chunks = readChunks(document.lines.join("\n"));
  let line = 0;
  const placed = chunks.map((chunk) => {
    const start = line + chunk.gap;
    line = start + chunk.lines.length;
    return { key: chunkKey(chunk), start, end: line };
  });
  const first = placed.findIndex((_, index) =>
    wanted.every((key, offset) => placed[index + offset]?.key === key),
  );
  const [start, end] = [placed[first], placed[first + wanted.length - 1]];
  const isMarked = document.blocks.some(
    ({ begin, end: last }) => start && begin < start.start && start.start < last,
  );
  return start && end && !isMarked ? { start: start.start, end: end.end } : undefined;
}

/** Puts a new block where it stands among the others, with the heading that comes before it. */
export function insertion(mine: MarkedDocument, fresh: MarkedDocument, index: number): LineEdit {
  const block = fresh.blocks[index];
  if (!block) throw new Error("a block is inserted that is not there");
  const after = (fresh.blocks[index - 1]?.end ?? -1) + 1;
  const heading = fresh.isHeading.slice(0, block.begin).lastIndexOf(true);
  const lines = trimBlank(fresh.lines.slice(Math.max(after, heading), block.end + 1));
  const known = (candidates: readonly MarkedLines[]) =>
    candidates.flatMap(({ id }) => mine.blocks.find((one) => one.id === id) ?? []);
  const previous = known(fresh.blocks.slice(0, index)).at(-1);
  const [next] = known(fresh.blocks.slice(index + 1));
  const at = placeBetween(mine, previous, next, heading >= after);
  return { start: at, end: at, lines };
}

/** The line before which a new block is put, between its neighbours as far as they are there. */
function placeBetween(
  mine: MarkedDocument,
  previous: MarkedLines | undefined,
  next: MarkedLines | undefined,
  opensSection: boolean,
): number {
  if (previous) return opensSection ? sectionEnd(mine, previous.end + 1) : previous.end + 1;
  if (!next) return documentEnd(mine);
  const start = sectionStart(mine, next.begin);
  // Nothing stands above the title.
  return /^ {0,3}# /.test(mine.lines[start] ?? "") ? next.begin : start;
}

/** Joins the new blocks of each place, with a blank line between them and towards what is there. */
export function together(
  { lines }: MarkedDocument,
  insertions: readonly LineEdit[],
): readonly LineEdit[] {
  const places = [...new Set(insertions.map(({ start }) => start))];
  return places.map((start) => {
    const blocks = insertions.filter((edit) => edit.start === start);
    const inserted = blocks.flatMap((edit, at) => [...(at === 0 ? [] : [""]), ...edit.lines]);
    return { start, end: start, lines: apart(lines, start, inserted) };
  });
}

/** Takes a block away, and its heading when nothing else stands beneath it. */
export function removal(
  mine: MarkedDocument,
  old: MarkedDocument,
  block: MarkedLines,
  before: MarkedLines,
): LineEdit {
  const heading = sectionStart(old, before.begin);
  const start = sectionStart(mine, block.begin);
  const height = mine.isHeading[start] === true ? headingHeight(mine.lines, start) : 0;
  const hasOwnHeading =
    height > 0 &&
    mine.lines[start] === old.lines[heading] &&
    mine.lines.slice(start + height, block.begin).every(isBlank) &&
    mine.lines.slice(block.end + 1, sectionEnd(mine, block.end + 1)).every(isBlank);
  let end = block.end + 1;
  while (end < mine.lines.length - 1 && isBlank(mine.lines[end])) end += 1;
  return { start: hasOwnHeading ? start : block.begin, end, lines: [] };
}

/** New lines with a blank one towards either neighbour. */
function apart(
  lines: readonly string[],
  at: number,
  inserted: readonly string[],
): readonly string[] {
  const isTop = lines.slice(0, at).every(isBlank);
  const isBottom = lines.slice(at).every(isBlank);
  return [
    ...(isTop || isBlank(lines[at - 1]) ? [] : [""]),
    ...inserted,
    ...(isBottom || isBlank(lines[at]) ? [] : [""]),
  ];
}

function trimBlank(lines: readonly string[]): readonly string[] {
  return lines.slice(lines.findIndex((line) => !isBlank(line)));
}

/** What a text says, whatever its wrapping and bullets. */
export function keysOf(lines: readonly string[]): string {
  return readChunks(lines.join("\n")).map(chunkKey).join("\n");
}
