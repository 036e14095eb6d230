import type { ReadmeSection } from "../../program/requirement.ts";
import type { Document, DocumentFormat } from "../documents/document.ts";
import { lineStart } from "../line-bounds.ts";
import { blockMarks, findBlocks, type MarkedBlock } from "../marked-blocks.ts";
import { parseDocument } from "../parse-document.ts";
import { mannerOf } from "./document-manner.ts";
import { sectionHeadings, sectionLevel } from "./document-sections.ts";
import { headingOf, sectionOrder } from "./readme-sections.ts";
import { renderStatement } from "./render-statement.ts";
import { introductionEnd, placeForSection, textEnd } from "./statement-places.ts";

/** A statement to put into a document. */
export interface InsertedStatement {
  /** Names the block that it becomes. */
  readonly id: string;
  readonly section: ReadmeSection;
  /** As the requirement gives it. */
  readonly markdown: string;
}

/** A document with statements put in. */
export interface Insertion {
  readonly source: string;
  /** The ids of what was put in; empty when the document cannot take any. */
  readonly inserted: readonly string[];
}

/**
 * Puts statements where a reader expects them, in the format and the manner of the document. Every
 * other byte of it stays as it is.
 */
export async function insertStatements(
  source: string,
  format: DocumentFormat,
  statements: readonly InsertedStatement[],
): Promise<Insertion> {
  let text = source;
  const inserted: string[] = [];
  for (const group of groupsOf(source, format, statements)) {
    const document = await parseDocument(text, format);
    const marked = findBlocks(text, format);
    const [first] = group;
    if (!document || !first || marked.kind === "broken") continue;
    const host = hostOf(marked.blocks, first);
    text = host
      ? insertLines(text, host.end, hostLines(document, group), true)
      : insertSection(document, first.section, group);
    inserted.push(...group.map(({ id }) => id));
  }
  return { source: text, inserted };
}

/** A marked block that a statement belongs in: its own, or that of its section. */
function hostOf(
  blocks: readonly MarkedBlock[],
  { id, section }: InsertedStatement,
): MarkedBlock | undefined {
  return blocks.find((block) => block.id === id) ?? blocks.find((block) => block.id === section);
}

/** What goes to one place in one piece, the introduction first. */
function groupsOf(
  source: string,
  format: DocumentFormat,
  statements: readonly InsertedStatement[],
): readonly (readonly InsertedStatement[])[] {
  const marked = findBlocks(source, format);
  const own = new Set(marked.kind === "blocks" ? marked.blocks.map(({ id }) => id) : []);
  const others = statements.filter(({ id }) => !own.has(id));
  return [
    ...statements.filter(({ id }) => own.has(id)).map((statement) => [statement]),
    ...sectionOrder.map((section) => others.filter((statement) => statement.section === section)),
  ].filter((group) => group.length > 0);
}

/** What goes into a block that already is there under the section's name. */
function hostLines(document: Document, group: readonly InsertedStatement[]): readonly string[] {
  const manner = mannerOf(document);
  const level = sectionLevel(document);
  return group.flatMap(({ markdown }, index) => [
    ...(index === 0 ? [] : [""]),
    ...renderStatement(markdown, manner, level),
  ]);
}

function insertSection(
  document: Document,
  section: ReadmeSection,
  group: readonly InsertedStatement[],
): string {
  const manner = mannerOf(document);
  if (section === "introduction") {
    const lines = groupLines(document, group, 1);
    return insertLines(document.source, introductionEnd(document), lines);
  }
  const { title, fits } = headingOf[section];
  const heading = sectionHeadings(document).find(({ text }) => fits.test(text));
  if (heading) {
    const lines = groupLines(document, group, heading.depth);
    return insertLines(document.source, textEnd(document, heading), lines);
  }
  const level = sectionLevel(document);
  const lines = [...manner.heading(title, level), "", ...groupLines(document, group, level)];
  return insertLines(document.source, placeForSection(document, section, level), lines);
}

function groupLines(
  document: Document,
  group: readonly InsertedStatement[],
  level: number,
): readonly string[] {
  const { format } = document;
  const manner = mannerOf(document);
  // Where a comment needs an empty line to end, or would join the paragraph.
  const gap = format === "restructuredtext" || format === "asciidoc" ? [""] : [];
  return group.flatMap(({ id, markdown }, index) => {
    const marks = blockMarks(id, format);
    const lines = renderStatement(markdown, manner, level);
    const marked = marks ? [marks.begin, ...gap, ...lines, ...gap, marks.end] : lines;
    return index === 0 ? marked : ["", ...marked];
  });
}

/** Puts lines at an offset where a line begins, with one empty line on each side. */
function insertLines(
  source: string,
  at: number,
  lines: readonly string[],
  isInsideMarks = false,
): string {
  const newline = /\r\n/.test(source) ? "\r\n" : "\n";
  const before = source.slice(0, at);
  const after = source.slice(at);
  const isOpen = before !== "" && !before.endsWith("\n");
  const lastLine =
    before.trimEnd() === "" ? "" : before.slice(lineStart(before, before.length - 1));
  const gapBefore = before.trim() === "" || lastLine.trim() === "" ? "" : newline;
  const needsGap = after.trim() !== "" && !/^\s*\n/.test(after) && !isInsideMarks;
  const hasEnd = after !== "" || !isOpen;
  const text = lines.join(newline) + (hasEnd ? newline : "") + (needsGap ? newline : "");
  return before + (isOpen ? newline : "") + gapBefore + text + after;
}
