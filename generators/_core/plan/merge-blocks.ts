import { findCodeFences } from "../repository/code-fences.ts";
import type { DocumentFormat } from "../repository/documents/document.ts";
import { headingHeight } from "../repository/heading-lines.ts";
import { findBlocks } from "../repository/marked-blocks.ts";
import { lineEnding } from "./line-endings.ts";
import { chunkKey, readChunks, styleOf, writeChunk, type Chunk } from "./markdown-style.ts";
import { mergeSequences } from "./merge-sequences.ts";
import type { Merged } from "./merge-texts.ts";
import { isMarkerLine, settlePieces, type Decide, type Settled } from "./settle-pieces.ts";

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
  const edits: Edit[] = [];
  const insertions: Edit[] = [];
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
    text: withEdits(ours, [...edits, ...together(mine, insertions)]),
    conflicts: settled.flatMap(({ conflicts }) => conflicts),
    decisions: settled.flatMap(({ decisions }) => decisions),
    notes,
  };
}

/** What is wrong with the marks of a document. */
export interface Unreadable {
  readonly problems: readonly string[];
}

/** A document, taken apart. */
interface MarkedDocument {
  readonly lines: readonly string[];
  /** Whether the heading of a section begins at a line. */
  readonly isHeading: readonly boolean[];
  readonly blocks: readonly MarkedLines[];
}

/** A marked block by the lines of its two marks, from 0. */
interface MarkedLines {
  readonly id: string;
  readonly begin: number;
  readonly end: number;
}

/** Lines that replace others: from `start` up to and without `end`. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

function documentOf(text: string, format: DocumentFormat): MarkedDocument | Unreadable {
  const marked = findBlocks(text, format);
  if (marked.kind === "broken") {
    return { problems: [`line ${marked.line}: block ${marked.problem}`] };
  }
  const blocks = marked.blocks.map(({ id, beginLine, endLine }) => ({
    id,
    begin: beginLine - 1,
    end: endLine - 1,
  }));
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const { isCode } = findCodeFences(lines);
  const isHeading = lines.map((_, at) => isCode[at] !== true && headingHeight(lines, at) > 0);
  return { lines, isHeading, blocks };
}

/** What this package wrote itself can be read. */
function trusted(document: MarkedDocument | Unreadable): MarkedDocument {
  if ("problems" in document) throw new Error(document.problems.join("; "));
  return document;
}

function contentOf({ lines }: MarkedDocument, { begin, end }: MarkedLines): readonly string[] {
  return lines.slice(begin + 1, end);
}

function keysOf(lines: readonly string[]): string {
  return readChunks(lines.join("\n")).map(chunkKey).join("\n");
}

/** Where the content of a block stands in the user's document: by its markers, or by its words. */
function placeOf(
  document: MarkedDocument,
  id: string,
  content: readonly string[] | undefined,
): Omit<Edit, "lines"> | undefined {
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

function mergeContent(
  ours: readonly string[],
  base: readonly string[],
  theirs: readonly string[],
  decide: Decide,
): { readonly lines: readonly string[]; readonly settled: Settled<Chunk> } {
  // What stood first had nothing to be apart from: should it come to stand behind something, it is.
  const [mine = [], old = [], fresh = []] = [ours, base, theirs].map((lines) =>
    readChunks(lines.join("\n")).map((chunk, index) =>
      index === 0 ? { ...chunk, gap: Math.max(chunk.gap, 1) } : chunk,
    ),
  );
  const style = styleOf(mine, old);
  const settled = settlePieces(
    mergeSequences(mine, old, fresh, chunkKey),
    decide,
    (chunks) => joinChunks(chunks).join("\n"),
    (line) => ({ gap: 0, lines: [line], prose: undefined, marker: "", indent: "" }),
  );
  const isOurs = settled.items.every(([, from]) => from === "ours");
  if (isOurs && settled.items.length === mine.length) return { lines: ours, settled };
  const chunks = settled.items.map(([chunk, from]) =>
    from === "ours" ? chunk : { ...chunk, lines: writeChunk(chunk, style) },
  );
  const first = ours.findIndex((line) => !isBlank(line));
  const last = ours.findLastIndex((line) => !isBlank(line));
  const words = joinChunks(chunks);
  return {
    lines: [...ours.slice(0, Math.max(first, 0)), ...words, ...ours.slice(last + 1)],
    settled,
  };
}

/** Writes chunks one after the other; two that would flow into one are kept apart. */
function joinChunks(chunks: readonly Chunk[]): readonly string[] {
  return chunks.flatMap((chunk, index) => {
    const before = chunks[index - 1];
    const flows = before?.prose !== undefined && chunk.prose !== undefined && chunk.marker === "";
    const touches = before === undefined || isMarkerLine(before.lines[0]);
    const gap = touches ? 0 : Math.max(chunk.gap, flows ? 1 : 0);
    return [...Array<string>(gap).fill(""), ...chunk.lines];
  });
}

/** Puts a new block where it stands among the others, with the heading that comes before it. */
function insertion(mine: MarkedDocument, fresh: MarkedDocument, index: number): Edit {
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
function together({ lines }: MarkedDocument, insertions: readonly Edit[]): readonly Edit[] {
  const places = [...new Set(insertions.map(({ start }) => start))];
  return places.map((start) => {
    const blocks = insertions.filter((edit) => edit.start === start);
    const inserted = blocks.flatMap((edit, at) => [...(at === 0 ? [] : [""]), ...edit.lines]);
    return { start, end: start, lines: apart(lines, start, inserted) };
  });
}

/** Takes a block away, and its heading when nothing else stands beneath it. */
function removal(
  mine: MarkedDocument,
  old: MarkedDocument,
  block: MarkedLines,
  before: MarkedLines,
): Edit {
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

/** The line of the heading above a line, or that line itself where there is none. */
function sectionStart({ isHeading }: MarkedDocument, line: number): number {
  const heading = isHeading.slice(0, line).lastIndexOf(true);
  return heading === -1 ? line : heading;
}

/** The line of the next heading, or the end of the document. */
function sectionEnd(document: MarkedDocument, line: number): number {
  const heading = document.isHeading.indexOf(true, line);
  return heading === -1 ? documentEnd(document) : heading;
}

function documentEnd({ lines }: MarkedDocument): number {
  return lines.at(-1) === "" ? lines.length - 1 : lines.length;
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

function isBlank(line: string | undefined): boolean {
  return line === undefined || line.trim() === "";
}

/** Applies edits to the text on disk; lines that are new end like most of the others. */
function withEdits(text: string, edits: readonly Edit[]): string {
  const parts = text.split(/(?<=\n)/);
  const lines = text.endsWith("\n") ? [...parts, ""] : parts;
  const ending = lineEnding(text);
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  // From the end, so that places stay.
  const written = edits
    .toSorted((a, b) => b.start - a.start || b.end - a.end)
    .reduce((rest: readonly string[], { start, end, lines: fresh }) => {
      const isSame =
        end - start === fresh.length &&
        fresh.every((line, index) => bare(rest[start + index] ?? "") === line);
      if (isSame) return rest;
      const ended = rest
        .slice(0, start)
        .map((line) => (line.endsWith("\n") ? line : line + ending));
      return [...ended, ...fresh.map((line) => line + ending), ...rest.slice(end)];
    }, lines);
  const joined = written.join("");
  return joined.startsWith(mark) ? joined : mark + joined;
}

function bare(line: string): string {
  return line.replace(/^\uFEFF/, "").replace(/\r?\n$/, "");
}
