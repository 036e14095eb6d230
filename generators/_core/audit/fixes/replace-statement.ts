import type { Requirement } from "../../program/requirement.ts";
import { mannerOf } from "../../repository/statements/document-manner.ts";
import {
  isStatement,
  lineAt,
  type Block,
  type Document,
} from "../../repository/documents/document.ts";
import { renderStatement } from "../../repository/statements/render-statement.ts";
import type { Found } from "../report.ts";
import { wordsOf } from "../../repository/statements/text-tokens.ts";

/** A document with a sentence replaced, or why it is not. */
export type Replacement = { readonly source: string } | { readonly problem: string };

/**
 * Replaces sentences of the authors' by the required ones, or the older targets of their links by
 * today's. Nothing but those sentences changes.
 *
 * @param found Where each sentence stands that is not as it has to be.
 * @param markdown The statement, as the requirement gives it.
 */
export function replaceStatement(
  document: Document,
  requirement: Requirement,
  found: readonly Found[],
  markdown: string,
): Replacement {
  const relinked = withNewTargets(document, requirement);
  if (relinked !== undefined) return { source: relinked };
  const pieces = piecesOf(markdown);
  const edits = found.map((sentence) => editOf(document, sentence, pieces));
  if (edits.length === 0 || edits.includes(undefined)) {
    return { problem: "its markup cannot be told from the sentence; write it by hand" };
  }
  const source = edits
    .filter((edit) => edit !== undefined)
    .toSorted((a, b) => b.start - a.start)
    .reduce(
      (text, { start, end, words }) => text.slice(0, start) + words + text.slice(end),
      document.source,
    );
  return { source };
}

/** A statement sentence by sentence, each step of a list by itself: the first paragraph, and what is listed. */
function piecesOf(markdown: string): readonly string[] {
  const [first = "", ...others] = markdown.split("\n\n");
  const items = others.flatMap((part) => part.split("\n").filter((line) => line.startsWith("- ")));
  return [first, ...items.map((item) => item.slice(2))];
}

function editOf(
  document: Document,
  found: Found,
  pieces: readonly string[],
): { readonly start: number; readonly end: number; readonly words: string } | undefined {
  const { source } = document;
  const range = rangeOf(document, found);
  const words = new Set(wordsOf(found.text));
  const likeness = (piece: string) => {
    const own = wordsOf(piece);
    return own.filter((word) => words.has(word)).length / own.length;
  };
  const [piece] = pieces.toSorted((a, b) => likeness(b) - likeness(a));
  if (!range || piece === undefined) return undefined;
  const lines = renderStatement(piece, mannerOf(document), 1);
  const text = lines.join(source.includes("\r\n") ? "\r\n" : "\n");
  // What was found may end before the full stop.
  const hasStop = /[.:]$/.test(text) && source[range.end] === text.at(-1);
  return { start: range.start, end: range.end + (hasStop ? 1 : 0), words: text };
}

/** The source with each link of the requirement to an older target leading to the newest. */
function withNewTargets(document: Document, { evidence }: Requirement): string | undefined {
  if (evidence.kind !== "text") return undefined;
  const [newest, ...older] = evidence.wordings;
  const edits = Object.entries(newest?.links ?? {}).flatMap(([words, target]) => {
    const targets = older.flatMap(({ links }) => links?.[words] ?? []);
    return document.blocks.filter(isStatement).flatMap((block) =>
      block.links
        .filter((link) => link.text === words && targets.includes(link.target))
        .flatMap((link) => {
          const start = document.source.indexOf(link.target, block.start);
          const isHere = start !== -1 && start <= block.end;
          return isHere ? [{ start, end: start + link.target.length, target }] : [];
        }),
    );
  });
  if (edits.length === 0) return undefined;
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce(
      (text, { start, end, target }) => text.slice(0, start) + target + text.slice(end),
      document.source,
    );
}

/** Where a sentence stands in the source, to its end: words of the authors' that follow belong to it. */
function rangeOf(
  { blocks, source }: Document,
  { text, line }: Found,
): { readonly start: number; readonly end: number } | undefined {
  if (text === "") return undefined;
  for (const block of blocks.filter(isStatement)) {
    if (!isOnLine(block, source, line)) continue;
    const { words, offsets } = folded(source, block);
    const at = words.indexOf(text);
    const start = offsets[at];
    if (at === -1 || start === undefined) continue;
    const behind = words.slice(at + text.length);
    const rest = /^[.:!?](?=\s|$)/.test(behind) ? 0 : behind.search(/[.:!?](?=\s|$)|$/);
    const last = offsets[at + text.length + rest - 1];
    if (last !== undefined) return { start, end: last + 1 };
  }
  return undefined;
}

/** The source of a block with its white space folded, and where each letter stands. */
function folded(
  source: string,
  { start, end }: Block,
): { readonly words: string; readonly offsets: readonly number[] } {
  const pieces = [...source.slice(start, end).matchAll(/\s+|\S/g)];
  return {
    words: pieces.map(([piece]) => (/\s/.test(piece) ? " " : piece)).join(""),
    offsets: pieces.map(({ index }) => start + index),
  };
}

function isOnLine({ start, end }: Block, source: string, line: number): boolean {
  return lineAt(source, start) <= line && line <= lineAt(source, end);
}
