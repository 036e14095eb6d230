import type { ReadmeSection } from "../../program/requirement.ts";
import type { Block, Document } from "../documents/document.ts";
import { beforeBlankLines, lineEnd, lineStart } from "../line-bounds.ts";
import { sectionHeadings, titleOf } from "./document-sections.ts";

/** Sections behind which a new one about using the solution would not be looked for. */
const closing =
  /\blicen[cs]|\bcontribut|\bauthors?\b|\bcredits?\b|\bchange ?log|\bchanges\b|\backnowledg|\bmaintainers?\b|\bdevelop(ment|ing)|\bto ?do\b|\bsupport\b$/i;
const installing =
  /\binstall|\bdeploy|\bquick ?start|\bgetting started|\busage\b|\bset(ting)? ?up/i;

/** Behind the first paragraph under the title; where none stands free, at the end of that part. */
export function introductionEnd(document: Document): number {
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
export function textEnd(document: Document, heading: Block): number {
  const all = document.blocks.filter(({ kind }) => kind === "heading");
  const next = all[all.indexOf(heading) + 1];
  return next ? beforeHeading(document, next) : documentEnd(document);
}

/** Where a section begins that is to stand behind installing, and before licence and the like. */
export function placeForSection(document: Document, section: ReadmeSection, level: number): number {
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
