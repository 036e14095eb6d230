import { findCodeFences } from "../../repository/code-fences.ts";
import type { DocumentFormat } from "../../repository/documents/document.ts";
import { headingHeight } from "../../repository/heading-lines.ts";
import { findBlocks } from "../../repository/marked-blocks.ts";

/** What is wrong with the marks of a document. */
export interface Unreadable {
  readonly problems: readonly string[];
}

/** A document, taken apart. */
export interface MarkedDocument {
  readonly lines: readonly string[];
  /** Whether the heading of a section begins at a line. */
  readonly isHeading: readonly boolean[];
  readonly blocks: readonly MarkedLines[];
}

/** A marked block by the lines of its two marks, from 0. */
export interface MarkedLines {
  readonly id: string;
  readonly begin: number;
  readonly end: number;
}

/** Takes a document apart by its lines. */
export function documentOf(text: string, format: DocumentFormat): MarkedDocument | Unreadable {
  const marked = findBlocks(text, format);
  if (marked.kind === "broken") {
    return { problems: [`line ${marked.line}: block ${marked.problem}`] };
  }
  const blocks = marked.blocks.map(({ id, beginLine, endLine }) => ({
    id,
    begin: beginLine - 1,
    end: endLine - 1,
  }));
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const { isCode } = findCodeFences(lines, format);
  const isHeading = lines.map((_, at) => isCode[at] !== true && headingHeight(lines, at) > 0);
  return { lines, isHeading, blocks };
}

/** What this package wrote itself can be read. */
export function trusted(document: MarkedDocument | Unreadable): MarkedDocument {
  if ("problems" in document) throw new Error(document.problems.join("; "));
  return document;
}

/** What stands between the marks of a block. */
export function contentOf(
  { lines }: MarkedDocument,
  { begin, end }: MarkedLines,
): readonly string[] {
  return lines.slice(begin + 1, end);
}

/** The line of the heading above a line, or that line itself where there is none. */
export function sectionStart({ isHeading }: MarkedDocument, line: number): number {
  const heading = isHeading.slice(0, line).lastIndexOf(true);
  return heading === -1 ? line : heading;
}

/** The line of the next heading, or the end of the document. */
export function sectionEnd(document: MarkedDocument, line: number): number {
  const heading = document.isHeading.indexOf(true, line);
  return heading === -1 ? documentEnd(document) : heading;
}

/** The line behind the last one that holds something or is ended. */
export function documentEnd({ lines }: MarkedDocument): number {
  return lines.at(-1) === "" ? lines.length - 1 : lines.length;
}
