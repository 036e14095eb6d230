import type { BlockBuilder } from "./block-builder.ts";
import type { Block, Document } from "./document.ts";
import { rawLines, wordsOf } from "./line-blocks.ts";
import {
  endOf,
  endOfRun,
  indentOf,
  isBlank,
  sourceLines,
  type SourceLine,
} from "./source-lines.ts";

const address = /https?:\/\/[^\s<>"'`)\]]+/g;
const bullet = /^\s*(?:[-*+•]|\d{1,3}[.)])\s+/;
const underline = /^(={3,}|-{3,}|~{3,}|#{3,}|\*{3,})\s*$/;

/** Reads a plain text: paragraphs between empty lines, lists, underlined headings. */
export function textDocument(source: string): Document {
  return { format: "text", source, blocks: [...blocksOf(sourceLines(source), source)] };
}

function* blocksOf(lines: readonly SourceLine[], source: string): Generator<Block> {
  let at = 0;
  while (at < lines.length) {
    const line = lines[at];
    if (!line) return;
    if (isBlank(line)) {
      at += 1;
      continue;
    }
    const start = at;
    // A run ends before the next bullet, and behind the line under a heading.
    at = endOfRun(lines, start, (next, index) => {
      const isBehindUnderline = index > start + 1 && underline.test(lines[index - 1]?.text ?? "");
      return isBehindUnderline || bullet.test(next.text);
    });
    yield* runBlocks(lines.slice(start, at), source);
  }
}

function* runBlocks(run: readonly SourceLine[], source: string): Generator<Block> {
  const [first, last] = [run[0], run.at(-1)];
  if (!first || !last) return;
  if (run.every((line) => indentOf(line) >= 4) && !bullet.test(first.text)) {
    yield rawLines("code", source, run);
    return;
  }
  const isHeading = run.length > 1 && underline.test(last.text);
  const words = (isHeading ? run.slice(0, -1) : run).filter(({ text }) => !underline.test(text));
  const isShouted = run.length === 1 && /^[A-Z][A-Z \d-]{3,60}:?$/.test(first.text);
  const kind = isHeading || isShouted ? "heading" : bullet.test(first.text) ? "item" : "paragraph";
  const depth = kind === "heading" ? (last.text.startsWith("=") ? 1 : 2) : 0;
  yield* wordsOf(run, kind, depth, (builder) => {
    for (const line of words) {
      const mark = bullet.exec(line.text)?.[0].length ?? 0;
      lineWords(builder, source, line, line === words[0] ? mark : 0);
      builder.put(" ", endOf(line));
    }
  });
}

function lineWords(builder: BlockBuilder, source: string, line: SourceLine, from: number): void {
  let at = line.offset + from;
  for (const { 0: written, index } of line.text.matchAll(address)) {
    const start = line.offset + index;
    if (start < at) continue;
    const target = written.replace(/[.,;:!?]+$/, "");
    builder.words(source, at, start);
    builder.openLink(target);
    builder.words(source, start, start + target.length);
    builder.closeLink();
    at = start + target.length;
  }
  builder.words(source, at, endOf(line));
}
