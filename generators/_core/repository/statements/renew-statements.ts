import type { Document, DocumentFormat } from "../documents/document.ts";
import { lineStart } from "../line-bounds.ts";
import { findBlocks, type MarkedBlock } from "../marked-blocks.ts";
import { parseDocument } from "../parse-document.ts";
import { mannerOf } from "./document-manner.ts";
import type { InsertedStatement } from "./insert-statements.ts";
import { sectionTitles } from "./readme-sections.ts";
import { renderStatement } from "./render-statement.ts";

/**
 * Brings the marked blocks of a document up to date that hold statements: one that says something
 * else by now is written anew in the manner of the document, one that is not asked for any more goes.
 * Blocks under other names, and every other byte, stay.
 *
 * @param known The ids of every statement that may be in a block.
 */
export async function renewStatements(
  source: string,
  format: DocumentFormat,
  statements: readonly InsertedStatement[],
  known: ReadonlySet<string>,
): Promise<string> {
  const document = await parseDocument(source, format);
  const marked = findBlocks(source, format);
  if (!document || marked.kind === "broken") return source;
  const manner = mannerOf(document);
  const newline = source.includes("\r\n") ? "\r\n" : "\n";
  return marked.blocks
    .filter(({ id }) => known.has(id))
    .toReversed()
    .reduce((text, block) => {
      const statement = statements.find(({ id }) => id === block.id);
      if (!statement) return withoutBlock(text, block, document);
      const lines = renderStatement(statement.markdown, manner, 1);
      const content = text.slice(block.start, block.end);
      if (wordsOf(content) === wordsOf(lines.join("\n"))) return text;
      const gap = /^\s*\n/.test(content) ? newline : "";
      const renewed = gap + lines.join(newline) + newline + gap;
      return text.slice(0, block.start) + renewed + text.slice(block.end);
    }, source);
}

/**
 * Takes a block away with its marks and the blank line behind them, and with a heading that this
 * package made when nothing else stands beneath it.
 */
function withoutBlock(text: string, { start, end }: MarkedBlock, { blocks }: Document): string {
  const begin = text.lastIndexOf("\n", Math.max(0, start - 2)) + 1;
  const mark = text.indexOf("\n", end);
  const last = mark === -1 ? text.length : mark + 1;
  const rest = text.slice(last).replace(/^[ \t]*\r?\n/, "");
  const headings = blocks.filter(({ kind }) => kind === "heading");
  const above = headings.findLast((heading) => heading.end <= begin);
  const below = headings.find((heading) => heading.start >= last);
  const isAlone =
    above !== undefined &&
    sectionTitles.includes(above.text.trim()) &&
    !/[^\s=~^"'-]/.test(text.slice(above.end, begin)) &&
    text.slice(last, below?.start).trim() === "";
  return text.slice(0, isAlone ? lineStart(text, above.start) : begin) + rest;
}

function wordsOf(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
