import type { ReadmeSection } from "../../program/requirement.ts";
import type { Block, Document, DocumentFormat } from "../documents/document.ts";
import { mannerOf } from "./document-manner.ts";
import { beforeBlankLines, lineEnd, lineStart } from "../line-bounds.ts";
import { blockMarks, findBlocks, type MarkedBlock } from "../marked-blocks.ts";
import { parseDocument } from "../parse-document.ts";
import { renderStatement } from "./render-statement.ts";

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

/** The heading that a section gets where no fitting one stands, and the words of one that fits. */
const headings: Readonly<
  Record<Exclude<ReadmeSection, "introduction">, { readonly title: string; readonly fits: RegExp }>
> = {
  production: {
    title: "Make it production-ready",
    fits: /\bproduction|\bpost[- ]?install|\bafter (the )?install|\bnext steps\b|\bhardening\b/i,
  },
  security: { title: "Security updates", fits: /\bsecurity\b/i },
  systems: {
    title: "Supported systems",
    fits: /\bsupported\b.*\b(systems?|platforms?|os(es)?|distributions?)\b|\boperating systems?\b|\bcompatib|^platforms?$/i,
  },
  name: { title: "Name", fits: /^name\b|\bbranding\b|\btrademarks?\b/i },
};

/** The headings of the sections that {@link insertStatements} makes. */
export const sectionTitles: readonly string[] = Object.values(headings).map(({ title }) => title);

/** In the order in which they stand in a document that has none of them. */
const sections: readonly ReadmeSection[] = [
  "introduction",
  "production",
  "security",
  "systems",
  "name",
];

/** Sections behind which a new one about using the solution would not be looked for. */
const closing =
  /\blicen[cs]|\bcontribut|\bauthors?\b|\bcredits?\b|\bchange ?log|\bchanges\b|\backnowledg|\bmaintainers?\b|\bdevelop(ment|ing)|\bto ?do\b|\bsupport\b$/i;
const installing =
  /\binstall|\bdeploy|\bquick ?start|\bgetting started|\busage\b|\bset(ting)? ?up/i;

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
    ...sections.map((section) => others.filter((statement) => statement.section === section)),
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
  const { title, fits } = headings[section];
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

/** The headings of sections: the title of the document is none. */
function sectionHeadings(document: Document): readonly Block[] {
  const all = document.blocks.filter(({ kind }) => kind === "heading");
  return titleOf(document) ? all.slice(1) : all;
}

/** The first heading, where it stands above all others and, unless it is a level of titles, all text. */
function titleOf({ blocks, format }: Document): Block | undefined {
  const index = blocks.findIndex(({ kind }) => kind === "heading");
  const first = blocks[index];
  const rest = blocks.slice(index + 1).filter(({ kind }) => kind === "heading");
  if (!first || !rest.every(({ depth }) => depth > first.depth)) return undefined;
  const isTitleLevel = first.depth === 1 && format !== "restructuredtext" && format !== "text";
  const isAbove = blocks.slice(0, index).every(({ kind }) => kind !== "paragraph");
  return isAbove || isTitleLevel ? first : undefined;
}

function sectionLevel(document: Document): number {
  const depths = sectionHeadings(document).map(({ depth }) => depth);
  const title = titleOf(document);
  const fallback = title ? title.depth + 1 : document.format === "restructuredtext" ? 1 : 2;
  return depths.length > 0 ? Math.min(...depths) : Math.min(6, fallback);
}

/** Behind the first paragraph under the title; where none stands free, at the end of that part. */
function introductionEnd(document: Document): number {
  const { blocks, source, format } = document;
  const all = blocks.filter(({ kind }) => kind === "heading");
  const title = titleOf(document);
  const next = title ? all[1] : all[0];
  const from = title?.end ?? 0;
  const to = next?.start ?? Infinity;
  const first = blocks.find(
    ({ kind, start, end }) => kind === "paragraph" && start >= from && end <= to,
  );
  if (first && format === "html") {
    const close = /^\s*<\/p>[ \t]*\r?\n?/i.exec(source.slice(first.end));
    if (close) return first.end + close[0].length;
  } else if (first && isFree(first, source)) return lineEnd(source, first.end);
  if (next) return beforeHeading(document, next);
  return title && !first ? behindHeading(document, title) : documentEnd(document);
}

/** A paragraph of its own lines, which nothing contains. */
function isFree({ start, end }: Block, source: string): boolean {
  const next = lineEnd(source, end);
  return (
    lineStart(source, start) === start && source.slice(next, lineEnd(source, next)).trim() === ""
  );
}

/** The end of what stands directly under a heading, before the next heading of any level. */
function textEnd(document: Document, heading: Block): number {
  const all = document.blocks.filter(({ kind }) => kind === "heading");
  const next = all[all.indexOf(heading) + 1];
  return next ? beforeHeading(document, next) : documentEnd(document);
}

/** Where a section begins that is to stand behind installing, and before licence and the like. */
function placeForSection(document: Document, section: ReadmeSection, level: number): number {
  const sections = sectionHeadings(document).filter(({ depth }) => depth <= level);
  if (section === "production") {
    const index = sections.findIndex(({ text }) => installing.test(text));
    const next = index === -1 ? undefined : sections[index + 1];
    if (next) return beforeHeading(document, next);
  }
  const closer = sections.find(({ text }, index) => index > 0 && closing.test(text));
  return closer ? beforeHeading(document, closer) : documentEnd(document);
}

/** The line of a heading, with what belongs to it above: an overline, a label, an anchor. */
function beforeHeading({ source, format }: Document, { start }: Block): number {
  let at = lineStart(
    source,
    format === "html" ? Math.max(0, source.lastIndexOf("<h", start)) : start,
  );
  const belongs =
    format === "restructuredtext"
      ? /^([!-/:-@[-`{-~])\1{2,}\s*$|^\.\. _.*:\s*$/
      : /^\[.*\]\s*$|^<a [^>]*>(<\/a>)?\s*$|^\.\S.*$/;
  for (let above = beforeBlankLines(source, at); above > 0; above = beforeBlankLines(source, at)) {
    const line = source.slice(lineStart(source, above - 1), above);
    if (!belongs.test(line.trimEnd())) return above;
    at = lineStart(source, above - 1);
  }
  return beforeBlankLines(source, at);
}

function behindHeading({ source, format }: Document, { end }: Block): number {
  const next = lineEnd(source, end);
  if (format === "html") {
    const close = /^\s*<\/h\d>[ \t]*\r?\n?/i.exec(source.slice(end));
    return end + (close?.[0].length ?? 0);
  }
  const below = source.slice(next, lineEnd(source, next));
  return /^([=\-~^"'+#*])\1{2,}\s*$/.test(below) ? lineEnd(source, next) : next;
}

function documentEnd({ source, format }: Document): number {
  if (format !== "html") return source.length;
  const close = /\s*<\/(?:main|article|body|html)>[\s\S]*$/i.exec(source);
  return close ? lineEnd(source, close.index) : source.length;
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
