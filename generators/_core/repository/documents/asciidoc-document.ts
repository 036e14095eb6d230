import { asciidocInline } from "./asciidoc-inline.ts";
import { asciidocPiece, cut, listMark } from "./asciidoc-pieces.ts";
import type { Block, BlockKind, Document } from "./document.ts";
import { rawLines, wordsOf } from "./line-blocks.ts";
import { markContents } from "./mark-contents.ts";
import { endOf, sourceLines, type SourceLine } from "./source-lines.ts";

/** Blocks within blocks that are opened. */
const deepest = 20;
const admonition = /^(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):\s+/;
const listingStyle = /^\[(source|listing|literal|stem|latexmath)\b/;
const quoteStyle = /^\[(quote|verse)\b|^\[\s*["']/;

/** Reads AsciiDoc: what READMEs use of it. */
export function asciidocDocument(source: string): Document {
  const lines = sourceLines(source);
  const reading = { source, attributes: attributesOf(lines) };
  const blocks = [...blocksOf(reading, lines, "paragraph", 0)];
  return { format: "asciidoc", source, blocks: markContents(blocks) };
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
  if (depth > deepest) return;
  const { source } = reading;
  /** What the line in brackets above says. */
  let style = "";
  let at = 0;
  while (at < lines.length) {
    const piece = asciidocPiece(lines, at);
    const run = lines.slice(at, piece.end);
    at = piece.end;
    const isListing = listingStyle.test(style);
    const own = quoteStyle.test(style) ? "quote" : kind;
    if (/^(blank|fenced|table|paragraph)$/.test(piece.what)) style = "";
    switch (piece.what) {
      case "blank":
      case "macro":
        break;
      case "style":
        style = run[0]?.text ?? "";
        break;
      case "comment":
        yield rawLines("comment", source, run);
        break;
      case "heading":
        yield* words(reading, [piece.title], "heading", piece.depth);
        break;
      case "title":
        yield* words(reading, [piece.title], kind);
        break;
      case "table":
        yield* table(reading, piece.inner);
        break;
      case "fenced":
        if (piece.holds === "quote") yield* blocksOf(reading, piece.inner, "quote", depth + 1);
        else if (piece.holds === "open" && !isListing)
          yield* blocksOf(reading, piece.inner, own, depth + 1);
        else if (piece.inner.length > 0)
          yield rawLines(piece.holds === "comment" ? "comment" : "code", source, piece.inner);
        break;
      case "paragraph":
        if (isListing || piece.isIndented) yield rawLines("code", source, run);
        else yield* paragraph(reading, run, own);
        break;
      default:
        piece satisfies never;
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

function words(
  { attributes }: Reading,
  lines: readonly SourceLine[],
  kind: BlockKind,
  depth = 0,
): readonly Block[] {
  return wordsOf(lines, kind, depth, (builder) => {
    for (const line of lines) {
      asciidocInline(builder, { ...line, text: line.text.replace(/\s\+$/, "") }, attributes);
      builder.put(" ", endOf(line));
    }
  });
}

function attributesOf(lines: readonly SourceLine[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { text } of lines) {
    const [, name, value = ""] = /^:([\w-]+):(?:\s+(.*?))?\s*$/.exec(text) ?? [];
    if (name !== undefined) found.set(name, value);
  }
  return found;
}
