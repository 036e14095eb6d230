import { findCodeFences } from "../repository/code-fences.ts";
import { findMarkedBlocks, type MarkedBlock } from "../repository/marked-blocks.ts";
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
  decide: Decide,
): MergedBlocks | { readonly problems: readonly string[] } {
  const mine = documentOf(ours);
  if (mine.problems.length > 0) return { problems: mine.problems };
  const old = documentOf(base);
  const fresh = documentOf(theirs);
  const edits: Edit[] = [];
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
    else edits.push(insertion(mine, fresh, index));
  }
  for (const block of old.blocks.filter(({ id }) => !fresh.blocks.some((one) => one.id === id))) {
    const stale = mine.blocks.find(({ id }) => id === block.id);
    if (!stale) continue;
    const isUntouched = keysOf(contentOf(mine, stale)) === keysOf(contentOf(old, block));
    if (isUntouched) edits.push(removal(mine, old, stale, block));
    else notes.push(`block ${block.id} is no longer part of these answers, but edited by you`);
  }
  return {
    text: withEdits(ours, edits),
    conflicts: settled.flatMap(({ conflicts }) => conflicts),
    decisions: settled.flatMap(({ decisions }) => decisions),
    notes,
  };
}

/** A document, taken apart. */
interface MarkedDocument {
  readonly lines: readonly string[];
  /** Whether a line is a heading of a section or of the whole. */
  readonly isHeading: readonly boolean[];
  readonly blocks: readonly MarkedBlock[];
  readonly problems: readonly string[];
}

/** Lines that replace others: from `start` up to and without `end`. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

function documentOf(text: string): MarkedDocument {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const { isCode } = findCodeFences(lines);
  const isHeading = lines.map((line, index) => isCode[index] !== true && heading.test(line));
  return { lines, isHeading, ...findMarkedBlocks(lines) };
}

function contentOf({ lines }: MarkedDocument, { begin, end }: MarkedBlock): readonly string[] {
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
  const known = (candidates: readonly MarkedBlock[]) =>
    candidates.flatMap(({ id }) => mine.blocks.find((one) => one.id === id) ?? []);
  const previous = known(fresh.blocks.slice(0, index)).at(-1);
  const [next] = known(fresh.blocks.slice(index + 1));
  const at = placeBetween(mine, previous, next, heading >= after);
  return { start: at, end: at, lines: apart(mine.lines, at, lines) };
}

/** The line before which a new block is put, between its neighbours as far as they are there. */
function placeBetween(
  mine: MarkedDocument,
  previous: MarkedBlock | undefined,
  next: MarkedBlock | undefined,
  opensSection: boolean,
): number {
  if (previous) return opensSection ? sectionEnd(mine, previous.end + 1) : previous.end + 1;
  if (!next) return documentEnd(mine);
  const start = sectionStart(mine, next.begin);
  // Nothing stands above the title.
  return /^ {0,3}# /.test(mine.lines[start] ?? "") ? next.begin : start;
}

/** Takes a block away, and its heading when nothing else stands beneath it. */
function removal(
  mine: MarkedDocument,
  old: MarkedDocument,
  block: MarkedBlock,
  before: MarkedBlock,
): Edit {
  const heading = sectionStart(old, before.begin);
  const start = sectionStart(mine, block.begin);
  const hasOwnHeading =
    mine.lines[start] === old.lines[heading] &&
    mine.isHeading[start] === true &&
    mine.lines.slice(start + 1, block.begin).every(isBlank) &&
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

const heading = /^ {0,3}#{1,2} /;

function isBlank(line: string | undefined): boolean {
  return line === undefined || line.trim() === "";
}

/** Applies edits to the text on disk; lines that are new end like most of the others. */
function withEdits(text: string, edits: readonly Edit[]): string {
  const parts = text.split(/(?<=\n)/);
  const lines = text.endsWith("\n") ? [...parts, ""] : parts;
  const ending = lineEnding(text);
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  // From the end, so that places stay; of new blocks for one place the last one first.
  const written = edits
    .toReversed()
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
