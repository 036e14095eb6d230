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

/** A document with a sentence replaced, or why it is not. */
export type Replacement = { readonly source: string } | { readonly problem: string };

/**
 * Replaces a sentence of the authors' by the required one, or the older targets of its links by
 * today's. Nothing but that sentence changes.
 *
 * @param found Where the sentence stands.
 * @param markdown The statement, as the requirement gives it.
 */
export function replaceStatement(
  document: Document,
  requirement: Requirement,
  found: Found,
  markdown: string,
): Replacement {
  const relinked = withNewTargets(document, requirement);
  if (relinked !== undefined) return { source: relinked };
  // A list that is there already would stand there twice.
  if (/^[-*+] /m.test(markdown)) return { problem: "it goes with a list; write it by hand" };
  const range = rangeOf(document, found);
  if (!range) return { problem: "its markup cannot be told from the sentence; write it by hand" };
  const { source } = document;
  const lines = renderStatement(markdown, mannerOf(document), 1);
  const sentence = lines.slice(0, [...lines, ""].indexOf(""));
  const text = sentence.join(source.includes("\r\n") ? "\r\n" : "\n");
  // What was found may end before the full stop.
  const hasStop = /[.:]$/.test(text) && source[range.end] === text.at(-1);
  const end = range.end + (hasStop ? 1 : 0);
  return { source: source.slice(0, range.start) + text + source.slice(end) };
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

/** Where a sentence stands in the source: a whole block, or words of one without any markup. */
function rangeOf(
  { blocks, source }: Document,
  { text, line }: Found,
): { readonly start: number; readonly end: number } | undefined {
  const block = blocks
    .filter(isStatement)
    .find((candidate) => candidate.text.includes(text) && isOnLine(candidate, source, line));
  if (!block || text === "") return undefined;
  const at = block.text.indexOf(text);
  const start = block.offsets[at];
  const last = block.offsets[at + text.length - 1];
  if (start === undefined || last === undefined) return undefined;
  const words = source.slice(start, last + 1).replace(/\s+/g, " ");
  if (words === text) return { start, end: last + 1 };
  return block.text.trim() === text.trim() ? { start: block.start, end: block.end } : undefined;
}

function isOnLine({ start, end }: Block, source: string, line: number): boolean {
  return lineAt(source, start) <= line && line <= lineAt(source, end);
}
