import { findCodeFences } from "../../repository/code-fences.ts";

/**
 * A piece of Markdown that is compared as a whole: a paragraph or list item, whose wrapping is a
 * matter of taste, or a single line of anything else.
 */
export interface Chunk {
  /** How many blank lines stand before it. */
  readonly gap: number;
  /** As it is written, line by line. */
  readonly lines: readonly string[];
  /** Its words in one line; `undefined` where wrapping carries meaning. */
  readonly prose: string | undefined;
  /** What stands before the words of a list item: `- `, `2. `; empty for a paragraph. */
  readonly marker: string;
  readonly indent: string;
}

/** How someone likes their Markdown; `undefined` where they left it as it was. */
export interface MarkdownStyle {
  /** How wide paragraphs and list items are, in characters; `Infinity` for one line each. */
  readonly paragraph: number | undefined;
  readonly item: number | undefined;
  readonly bullet: string | undefined;
}

/** Takes Markdown in LF apart. */
export function readChunks(markdown: string): readonly Chunk[] {
  const chunks: Chunk[] = [];
  let gap = 0;
  const lines = markdown.split("\n");
  const { isCode } = findCodeFences(lines, "markdown");
  for (const [index, line] of lines.entries()) {
    const isVerbatim = isCode[index] === true || verbatim.test(line);
    const last = chunks.at(-1);
    if (!isVerbatim && line.trim() === "") {
      gap += 1;
      continue;
    }
    if (!isVerbatim && gap === 0 && last?.prose !== undefined && !startsItem.test(line)) {
      const prose = `${last.prose} ${line.trim()}`;
      chunks[chunks.length - 1] = { ...last, lines: [...last.lines, line], prose };
    } else {
      chunks.push(newChunk(line, gap, isVerbatim));
    }
    gap = 0;
  }
  return chunks;
}

/** Indented code, tables, comments, headings, definitions, quotes, rules and underlines. */
const verbatim = /^(\t| {4}|\s*([|<#>]|\[.*\]:|([-*_=])( *\3)* *$))/;

const startsItem = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/;

function newChunk(line: string, gap: number, isVerbatim: boolean): Chunk {
  if (isVerbatim) return { gap, lines: [line], prose: undefined, marker: "", indent: "" };
  const [, indent = "", bullet = "", words] = startsItem.exec(line) ?? [];
  const marker = bullet === "" ? "" : `${bullet} `;
  const margin = bullet === "" ? (/^\s*/.exec(line)?.[0] ?? "") : indent;
  return { gap, lines: [line], prose: (words ?? line).trim(), marker, indent: margin };
}

/** What makes two chunks the same to a reader, whatever their wrapping and bullets. */
export function chunkKey({ prose, lines, marker, indent }: Chunk): string {
  if (prose === undefined) return `\u0000${lines.join("\n")}`;
  const bullet = isBullet(marker) ? "- " : marker;
  return `${indent}${bullet}${prose.replace(/\s+/g, " ")}`;
}

/** How someone likes their Markdown: what they made of the chunks that otherwise say the same. */
export function styleOf(chunks: readonly Chunk[], base: readonly Chunk[]): MarkdownStyle {
  const before = new Map(base.map((chunk) => [chunkKey(chunk), chunk.lines.join("\n")]));
  const restyled = chunks.filter((chunk) => {
    const lines = before.get(chunkKey(chunk));
    return lines !== undefined && lines !== chunk.lines.join("\n");
  });
  const items = restyled.filter(({ marker }) => marker !== "");
  return {
    paragraph: widthOf(restyled.filter(({ marker }) => marker === "")),
    item: widthOf(items),
    bullet: items.find(({ marker }) => isBullet(marker))?.marker[0],
  };
}

function widthOf(chunks: readonly Chunk[]): number | undefined {
  if (chunks.length === 0) return undefined;
  const widths = chunks.flatMap(({ lines }) => lines.slice(0, -1).map((line) => line.length));
  return widths.length === 0 ? Infinity : Math.max(...widths);
}

/** Writes a chunk in a style. What is no prose, or breaks its lines on purpose, stays as it is. */
export function writeChunk(chunk: Chunk, style: MarkdownStyle): readonly string[] {
  const { prose, lines, indent } = chunk;
  const isItem = chunk.marker !== "";
  const width = isItem ? style.item : style.paragraph;
  if (width === undefined || prose === undefined || lines.some(endsHard)) return lines;
  const marker = isBullet(chunk.marker) ? `${style.bullet ?? chunk.marker[0]} ` : chunk.marker;
  const margin = indent + " ".repeat(marker.length);
  const rows: string[] = [];
  let row = "";
  for (const word of prose.split(/\s+/)) {
    const fits = margin.length + row.length + 1 + word.length <= width;
    if (row !== "" && !fits && !startsBlock.test(word) && !row.endsWith("\\")) {
      rows.push(row);
      row = "";
    }
    row += row === "" ? word : ` ${word}`;
  }
  return [...rows, row].map((words, index) => (index === 0 ? indent + marker : margin) + words);
}

function isBullet(marker: string): boolean {
  return /^[-*+] /.test(marker);
}

/** A line break that is meant. */
function endsHard(line: string, index: number, lines: readonly string[]): boolean {
  return index < lines.length - 1 && /( {2}|\\)$/.test(line);
}

/** A word that would begin something else at the start of a line. */
const startsBlock = /^([-*+>=|<]|#|\d+[.)]$|```|~~~)/;
