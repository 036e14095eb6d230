import type { Block, Document } from "../documents/document.ts";
import { lineEnd, lineStart } from "../line-bounds.ts";
import type { Manner } from "./render-statement.ts";

/** Reads off a document how it writes lists, paragraphs and headings. */
export function mannerOf(document: Document): Manner {
  const { format } = document;
  return {
    format,
    bullet: bulletOf(document),
    width: format === "html" ? undefined : widthOf(document),
    heading: (text, level) => headingLines(document, text, level),
  };
}

function bulletOf({ blocks, source, format }: Document): string {
  const marks = blocks
    .filter(({ kind }) => kind === "item")
    .flatMap(
      ({ start }) =>
        /^\s*([-*+•])\s/.exec(source.slice(lineStart(source, start), start + 4))?.[1] ?? [],
    );
  const fallback = format === "asciidoc" ? "*" : "-";
  const counts = [...new Set(marks)].map((mark) => ({
    mark,
    count: marks.filter((other) => other === mark).length,
  }));
  return counts.toSorted((a, b) => b.count - a.count)[0]?.mark ?? fallback;
}

/** The widest line of paragraphs of several lines; none where one paragraph goes on for longer. */
function widthOf({ blocks, source }: Document): number | undefined {
  const paragraphs = blocks.filter(({ kind }) => kind === "paragraph");
  const lines = paragraphs.map((block) => source.slice(block.start, block.end).split(/\r?\n/));
  const wrapped = lines.filter((list) => list.length > 1).flat();
  const widest = Math.max(0, ...wrapped.map((line) => line.length));
  const isWrapped = wrapped.length > 0 && widest >= 40 && widest <= 120;
  return isWrapped ? Math.max(60, widest) : undefined;
}

function headingLines(document: Document, text: string, level: number): readonly string[] {
  switch (document.format) {
    case "markdown":
      return usesSetext(document) && level <= 2
        ? [text, (level === 1 ? "=" : "-").repeat(text.length)]
        : [`${"#".repeat(level)} ${text}`];
    case "asciidoc":
      return [`${"=".repeat(level)} ${text}`];
    case "html":
      return [`<h${level}>${text}</h${level}>`];
    case "restructuredtext":
      return rstHeading(document, text, level);
    case "text":
      return [text, "-".repeat(text.length)];
    default:
      return document.format satisfies never;
  }
}

function usesSetext({ blocks, source }: Document): boolean {
  const sections = blocks.filter(({ kind, depth }) => kind === "heading" && depth <= 2);
  return (
    sections.length > 0 &&
    sections.every(({ start }) => source[start] !== "#" && source[start] !== "<")
  );
}

function rstHeading({ blocks, source }: Document, text: string, level: number): readonly string[] {
  const headings = blocks.filter(({ kind }) => kind === "heading");
  const known = headings.find(({ depth }) => depth === level);
  const used = new Set(headings.map((heading) => adornmentOf(heading, source)));
  const fresh = ["=", "-", "~", "^", "'", "+"].find((letter) => !used.has(letter)) ?? "~";
  const letter = known ? adornmentOf(known, source) : fresh;
  const line = letter.repeat(text.length);
  return known && isOverlined(known, source) ? [line, text, line] : [text, line];
}

function adornmentOf({ end }: Block, source: string): string {
  return source[lineEnd(source, end)] ?? "=";
}

function isOverlined({ start, end }: Block, source: string): boolean {
  const above =
    source.slice(0, lineStart(source, start)).trimEnd().split("\n").at(-1)?.trim() ?? "";
  const under = source[lineEnd(source, end)] ?? "";
  return above.length > 2 && under !== "" && above === under.repeat(above.length);
}
