import { BlockBuilder, rawBlock } from "./block-builder.ts";
import type { Block, BlockKind, Document } from "./document.ts";
import { decodeEntity } from "./entities.ts";
import { markContents } from "./mark-contents.ts";
import { endOf, isBlank, sourceLines, type SourceLine } from "./source-lines.ts";

const listMark = /^\s*(?:\*{1,5}|-|\.{1,5}|\d{1,3}\.|<\.>)\s+(?:\[[ x*]\]\s+)?/;
const admonition = /^(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):\s+/;
/** Fences of blocks, and what stands between two alike. */
const fences: readonly (readonly [RegExp, BlockKind | "open"])[] = [
  [/^\/{4,}\s*$/, "comment"],
  [/^-{4,}\s*$/, "code"],
  [/^\.{4,}\s*$/, "code"],
  [/^\+{4,}\s*$/, "code"],
  [/^`{3,}\w*\s*$/, "code"],
  [/^_{4,}\s*$/, "quote"],
  [/^={4,}\s*$/, "open"],
  [/^\*{4,}\s*$/, "open"],
  [/^--\s*$/, "open"],
];

/** Reads AsciiDoc: what READMEs use of it. */
export function asciidocDocument(source: string): Document {
  const lines = sourceLines(source);
  const reading = { source, attributes: attributesOf(lines) };
  return {
    format: "asciidoc",
    source,
    blocks: markContents([...blocksOf(reading, lines, "paragraph", 0)]),
  };
}

interface Reading {
  readonly source: string;
  readonly attributes: ReadonlyMap<string, string>;
}

function* blocksOf(
  reading: Reading,
  lines: readonly SourceLine[],
  kind: BlockKind,
  depth: number,
): Generator<Block> {
  if (depth > 20) return;
  let at = 0;
  let style = "";
  while (at < lines.length) {
    const line = lines[at];
    if (!line) return;
    const fence = fences.find(([pattern]) => pattern.test(line.text));
    const isListing = /^\[(source|listing|literal|stem|latexmath)\b/.test(style);
    const isQuote = /^\[(quote|verse)\b|^\[\s*["']/.test(style) || kind === "quote";
    if (isBlank(line)) {
      at += 1;
      style = "";
    } else if (fence) {
      const end = closing(lines, at);
      const inner = lines.slice(at + 1, end);
      if (fence[1] === "open" && !isListing)
        yield* blocksOf(reading, inner, isQuote ? "quote" : kind, depth + 1);
      else if (fence[1] === "quote") yield* blocksOf(reading, inner, "quote", depth + 1);
      else if (inner.length > 0)
        yield raw(fence[1] === "comment" ? "comment" : "code", reading, inner);
      at = end + 1;
      style = "";
    } else if (line.text.startsWith("//")) {
      yield raw("comment", reading, [line]);
      at += 1;
    } else if (/^\|={3,}\s*$/.test(line.text)) {
      const end = closing(lines, at);
      yield* table(reading, lines.slice(at + 1, end));
      at = end + 1;
      style = "";
    } else if (/^\[.*\]\s*$/.test(line.text)) {
      style = line.text;
      at += 1;
    } else if (
      /^:!?[\w-]+!?:|^\w*::?\[|^(ifdef|ifndef|ifeval|endif|include|image|toc|video)::/.test(
        line.text,
      )
    ) {
      at += 1;
    } else if (/^(={1,6}|#{1,6})\s+\S/.test(line.text)) {
      const mark = /^\S+\s+/.exec(line.text)?.[0] ?? "";
      yield* words(reading, [cut(line, mark.length)], "heading", Math.min(6, mark.trim().length));
      at += 1;
    } else if (/^\.[^\s.]/.test(line.text)) {
      yield* words(reading, [cut(line, 1)], kind);
      at += 1;
    } else if (isUnderlined(line, lines[at + 1])) {
      const depths = "=-~^+";
      yield* words(reading, [line], "heading", depths.indexOf(lines[at + 1]?.text[0] ?? "=") + 1);
      at += 2;
    } else {
      const end = endOfParagraph(lines, at);
      const run = lines.slice(at, end);
      const isLiteral = /^[ \t]/.test(line.text) && !listMark.test(line.text);
      if (isListing || isLiteral) yield raw("code", reading, run);
      else yield* paragraph(reading, run, isQuote ? "quote" : kind);
      at = end;
      style = "";
    }
  }
}

function* paragraph(
  reading: Reading,
  run: readonly SourceLine[],
  kind: BlockKind,
): Generator<Block> {
  const [first, ...rest] = run;
  if (!first) return;
  const mark = listMark.exec(first.text)?.[0];
  const note = admonition.exec(first.text)?.[0];
  const own = mark !== undefined && kind !== "quote" ? "item" : kind;
  const [, term] = /^(\S.{0,80}?::{1,3}\s+)\S/.exec(first.text) ?? [];
  if (term !== undefined && mark === undefined) {
    yield* words(reading, [{ text: term.replace(/:+\s*$/, ""), offset: first.offset }], kind);
  }
  const skipped = (mark ?? note ?? term ?? "").length;
  // A lone plus attaches the next block to a list item.
  yield* words(
    reading,
    [cut(first, skipped), ...rest.filter(({ text }) => text.trim() !== "+")],
    own,
  );
}

function* table(reading: Reading, lines: readonly SourceLine[]): Generator<Block> {
  for (const line of lines) {
    let offset = line.offset;
    for (const [index, text] of line.text.split("|").entries()) {
      const cell = {
        text: text.replace(/\s[\da-z.<^>+*]*$/, (end) => " ".repeat(end.length)),
        offset,
      };
      if (index > 0 || !line.text.includes("|")) yield* words(reading, [cell], "cell");
      offset += text.length + 1;
    }
  }
}

const piece = new RegExp(
  [
    "(?<target>(?:https?|ftp)://[^\\s\\[\\]<>\"'`]{1,2000})(?:\\[(?<words>[^\\]]{0,2000})\\])?",
    "(?:link|xref|mailto):(?<local>[^\\s\\[\\]]{1,2000})\\[(?<localWords>[^\\]]{0,2000})\\]",
    "image:{1,2}[^\\s\\[\\]]{1,2000}\\[[^\\]]{0,2000}\\]",
    "<<(?<anchor>[^,>]{1,200})(?:,(?<anchorWords>[^>]{1,500}))?>>",
    "\\{(?<attribute>[\\w-]{1,80})\\}",
    "\\[\\.?(?<role>line-through|\\.line-through)\\]#[^#]{1,500}#",
    "`\\+(?<literal>.+?)\\+`",
    "\\\\(?=[{<`*_#\\[])",
    "[*_`#+]{1,3}",
  ].join("|"),
  "g",
);

function* words(
  { source, attributes }: Reading,
  lines: readonly SourceLine[],
  kind: BlockKind,
  depth = 0,
): Generator<Block> {
  const [first, last] = [lines[0], lines.at(-1)];
  if (!first || !last) return;
  const builder = new BlockBuilder();
  for (const line of lines) {
    lineWords(builder, { ...line, text: line.text.replace(/\s\+$/, "") }, attributes);
    builder.put(" ", endOf(line));
  }
  const block = builder.build(kind, first.offset, endOf(last), depth);
  if (block && source.length > 0) yield block;
}

function lineWords(
  builder: BlockBuilder,
  line: SourceLine,
  attributes: ReadonlyMap<string, string>,
): void {
  const resolve = (text: string) =>
    text.replace(/\{([\w-]{1,80})\}/g, (all, name: string) => attributes.get(name) ?? all);
  const put = (from: number, to: number) => {
    let at = from;
    while (at < to) {
      const entity = line.text[at] === "&" ? decodeEntity(line.text.slice(at, at + 12)) : undefined;
      builder.put(entity?.text ?? line.text.charAt(at), line.offset + at);
      at += entity?.length ?? 1;
    }
  };
  let at = 0;
  for (const match of line.text.matchAll(piece)) {
    put(at, match.index);
    at = match.index + match[0].length;
    const groups = match.groups ?? {};
    const target = groups.target ?? groups.local ?? (groups.anchor && `#${groups.anchor}`);
    if (target !== undefined) {
      const isBare = groups.words === undefined && groups.target !== undefined;
      const clean = isBare ? target.replace(/[.,;:!?)]+$/, "") : target;
      if (isBare) at = match.index + clean.length;
      const shown = (groups.words ?? groups.localWords ?? groups.anchorWords ?? "").replace(
        /\^$/,
        "",
      );
      builder.openLink(resolve(clean));
      const start =
        match.index + (shown === "" ? match[0].indexOf(clean) : match[0].lastIndexOf(shown));
      put(start, start + (shown === "" ? clean.length : shown.length));
      builder.closeLink();
    } else if (groups.literal !== undefined) {
      put(match.index + 2, at - 2);
    } else if (groups.attribute !== undefined) {
      builder.put(attributes.get(groups.attribute) ?? match[0], line.offset + match.index);
    } else if (/^[*_`#+]/.test(match[0]) && isInsideWord(line.text, match.index, match[0].length)) {
      put(match.index, at);
    }
  }
  put(at, line.text.length);
}

/** A single mark between two letters is a letter: `snake_case`. */
function isInsideWord(text: string, at: number, length: number): boolean {
  return length === 1 && /\w/.test(text[at - 1] ?? "") && /\w/.test(text[at + 1] ?? "");
}

function attributesOf(lines: readonly SourceLine[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { text } of lines) {
    const [, name, value = ""] = /^:([\w-]+):(?:\s+(.*?))?\s*$/.exec(text) ?? [];
    if (name !== undefined) found.set(name, value);
  }
  return found;
}

function isUnderlined(line: SourceLine, next: SourceLine | undefined): boolean {
  const under = next?.text.trimEnd() ?? "";
  const isLine = /^(={3,}|-{3,}|~{3,}|\^{3,}|\+{3,})$/.test(under);
  return isLine && Math.abs(under.length - line.text.trimEnd().length) <= 2;
}

function endOfParagraph(lines: readonly SourceLine[], start: number): number {
  let at = start + 1;
  for (let line = lines[at]; line && !isBlank(line); line = lines[(at += 1)]) {
    const { text } = line;
    if (listMark.test(text) || text.startsWith("//") || /^\|={3,}/.test(text)) return at;
    if (fences.some(([pattern]) => pattern.test(text)) || /^\[.*\]\s*$/.test(text)) return at;
  }
  return at;
}

/** The line that ends the block which the line at `start` opens; the last one when none does. */
function closing(lines: readonly SourceLine[], start: number): number {
  const mark = lines[start]?.text.trimEnd().replace(/^(`{3,})\w+$/, "$1");
  const end = lines.findIndex((line, index) => index > start && line.text.trimEnd() === mark);
  return end === -1 ? lines.length : end;
}

function cut(line: SourceLine, length: number): SourceLine {
  return { text: line.text.slice(length), offset: line.offset + length };
}

function raw(kind: BlockKind, { source }: Reading, lines: readonly SourceLine[]): Block {
  const start = lines[0]?.offset ?? 0;
  const last = lines.at(-1);
  return rawBlock(kind, source, start, last ? Math.max(start, endOf(last)) : start);
}
