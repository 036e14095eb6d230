import { closingFence, fencedBy } from "./documents/asciidoc-fences.ts";
import type { DocumentFormat } from "./documents/document.ts";

/** Which lines of a document are fenced code. */
export interface CodeFences {
  /** Line by line, the fences themselves included. */
  readonly isCode: readonly boolean[];
  /** The line, from 0, of a fence that is never closed. */
  readonly open: number | undefined;
}

/** Whether a line ends the code that a fence before it has opened. */
type Closes = (text: string) => boolean;

/**
 * Finds the fenced code of a document.
 *
 * @param lines The document, line by line, without line endings.
 */
export function findCodeFences(lines: readonly string[], format: DocumentFormat): CodeFences {
  const opens = fencesOf[format];
  let open: { readonly closes: Closes; readonly line: number } | undefined;
  const isCode = lines.map((text, line) => {
    if (open) {
      if (open.closes(text)) open = undefined;
      return true;
    }
    const closes = opens?.(text);
    if (closes) open = { closes, line };
    return closes !== undefined;
  });
  return { isCode, open: open?.line };
}

/** What ends the code that a line opens, in the formats that fence code. */
const fencesOf: Readonly<
  Record<DocumentFormat, ((text: string) => Closes | undefined) | undefined>
> = {
  markdown: markdownFence,
  asciidoc: asciidocFence,
  restructuredtext: undefined,
  html: undefined,
  text: undefined,
};

/** @see https://spec.commonmark.org/0.31.2/#fenced-code-blocks */
function markdownFence(text: string): Closes | undefined {
  const [, ticks, tildes] = /^ {0,3}(?:(`{3,})[^`]*|(~{3,}).*)$/.exec(text) ?? [];
  const mark = ticks ?? tildes;
  if (mark === undefined) return undefined;
  return (line) => (/^ {0,3}(`+|~+)\s*$/.exec(line)?.[1] ?? "").startsWith(mark);
}

/** @see https://docs.asciidoctor.org/asciidoc/latest/blocks/delimited/#linewise-delimiters */
function asciidocFence(text: string): Closes | undefined {
  if (fencedBy(text) !== "code") return undefined;
  return (line) => line.trimEnd() === closingFence(text);
}
