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
  let fence: string | undefined;
  let hidden: number | undefined;
  for (const [index, { text, offset }] of sourceLines(source).entries()) {
    const line = index + 1;
    fence = fenceAfter(fence, text, format);
    const [, kind, id = ""] = mark.exec(text) ?? [];
    if (fence === undefined) hidden = undefined;
    else if (kind !== undefined) hidden ??= line;
    if (kind === undefined || fence !== undefined) continue;
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
  if (hidden !== undefined) return broken(hidden, "marks stand in code that never ends");
  return open
    ? broken(open.line, `"${open.id}" begins and never ends`)
    : { kind: "blocks", blocks };
}

function broken(line: number, problem: string): MarkedBlocks {
  return { kind: "broken", line, problem };
}

/** The fence that is open behind a line; `undefined` for none. */
function fenceAfter(
  open: string | undefined,
  text: string,
  format: DocumentFormat,
): string | undefined {
  if (format !== "markdown" && format !== "asciidoc") return undefined;
  const pattern = format === "markdown" ? /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/ : /^(-{4,}|\.{4,})\s*$/;
  const [, run] = pattern.exec(text) ?? [];
  if (run === undefined) return open;
  if (open === undefined) return run;
  const isClosing = run[0] === open[0] && run.length >= open.length && text.trim() === run;
  return isClosing ? undefined : open;
}
