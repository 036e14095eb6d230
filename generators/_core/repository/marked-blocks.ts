import { findCodeFences } from "./code-fences.ts";
import type { DocumentFormat } from "./documents/document.ts";
import { sourceLines } from "./documents/source-lines.ts";

/** A named block of a document, between the comments that mark it. */
export interface MarkedBlock {
  readonly id: string;
  /** The lines of the two marks, counted from 1. */
  readonly beginLine: number;
  readonly endLine: number;
  /** What stands between the lines of the marks, as UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
}

/** The named blocks of a document, or why they cannot be told. */
export type MarkedBlocks =
  | { readonly kind: "blocks"; readonly blocks: readonly MarkedBlock[] }
  /** `line` counts from 1. */
  | { readonly kind: "broken"; readonly line: number; readonly problem: string };

/** How a comment is written in each format; plain text has none. */
const comments: Readonly<Record<DocumentFormat, readonly [string, string] | undefined>> = {
  markdown: ["<!-- ", " -->"],
  html: ["<!-- ", " -->"],
  restructuredtext: [".. ", ""],
  asciidoc: ["// ", ""],
  text: undefined,
};

/** The two lines that mark a block; `undefined` in a format without comments. */
export function blockMarks(
  id: string,
  format: DocumentFormat,
): { readonly begin: string; readonly end: string } | undefined {
  const comment = comments[format];
  if (!comment) return undefined;
  const [before, after] = comment;
  return {
    begin: `${before}mattermost-deployment:begin ${id}${after}`,
    end: `${before}mattermost-deployment:end ${id}${after}`,
  };
}

const mark =
  /^[ \t]*(?:<!--|\.\.|\/\/)[ \t]*mattermost-deployment:(begin|end)[ \t]+([a-z][a-z0-9-]{0,60})[ \t]*(?:-->)?[ \t]*$/;

/** Finds the named blocks of a document. Marks inside fenced code are examples. */
export function findBlocks(source: string, format: DocumentFormat): MarkedBlocks {
  if (!comments[format]) return { kind: "blocks", blocks: [] };
  const blocks: MarkedBlock[] = [];
  let open: { readonly id: string; readonly line: number; readonly start: number } | undefined;
  const lines = sourceLines(source);
  const texts = lines.map(({ text }) => text);
  const { isCode, open: openFence = Infinity } = findCodeFences(texts, format);
  for (const [index, { text, offset }] of lines.entries()) {
    const line = index + 1;
    const [, kind, id = ""] = mark.exec(text) ?? [];
    if (kind === undefined || isCode[index] === true) continue;
    if (kind === "begin" && open) return broken(line, `"${id}" begins inside "${open.id}"`);
    if (kind === "begin") {
      if (blocks.some((block) => block.id === id)) return broken(line, `"${id}" is there twice`);
      const next = source.indexOf("\n", offset);
      open = { id, line, start: next === -1 ? source.length : next + 1 };
    } else if (open?.id === id) {
      blocks.push({ id, beginLine: open.line, endLine: line, start: open.start, end: offset });
      open = undefined;
    } else {
      return broken(
        line,
        open ? `"${id}" ends inside "${open.id}"` : `"${id}" ends and never began`,
      );
    }
  }
  const hidden = texts.findIndex((text, index) => index > openFence && mark.test(text));
  if (hidden !== -1) return broken(hidden + 1, "marks stand in code that never ends");
  return open
    ? broken(open.line, `"${open.id}" begins and never ends`)
    : { kind: "blocks", blocks };
}

function broken(line: number, problem: string): MarkedBlocks {
  return { kind: "broken", line, problem };
}
