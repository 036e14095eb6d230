import { codeSpan, escapeMarkdown } from "../../program/markdown.ts";
import type { DocumentFormat } from "../documents/document.ts";
import { statementBlocks, type Piece, type StatementBlock } from "./markdown-pieces.ts";

/** How a document is written, so that what is added looks like the rest of it. */
export interface Manner {
  readonly format: DocumentFormat;
  /** The mark of its lists. */
  readonly bullet: string;
  /** The widest line of its paragraphs; `undefined` where they are not wrapped. */
  readonly width: number | undefined;
  /** Writes a heading, of a level from 1, as lines. */
  readonly heading: (text: string, level: number) => readonly string[];
}

/**
 * Writes a statement in the manner of a document.
 *
 * @param markdown As a requirement gives it.
 * @param level Of the section that it stands in, from 1; its own headings go below.
 * @returns Lines without line breaks.
 */
export function renderStatement(
  markdown: string,
  manner: Manner,
  level: number,
): readonly string[] {
  return statementBlocks(markdown).flatMap((block, index) => [
    ...(index === 0 ? [] : [""]),
    ...blockLines(block, manner, level),
  ]);
}

function blockLines(block: StatementBlock, manner: Manner, level: number): readonly string[] {
  const html = manner.format === "html";
  switch (block.kind) {
    case "heading":
      return manner.heading(inline(block.pieces, manner.format), level + 1);
    case "paragraph": {
      const text = inline(block.pieces, manner.format);
      return html ? wrap(`<p>${text}</p>`, manner, "") : wrap(text, manner, "");
    }
    case "list": {
      const items = block.items.map((pieces) => inline(pieces, manner.format));
      if (html) return ["<ul>", ...items.map((item) => `<li>${item}</li>`), "</ul>"];
      const indent = " ".repeat(manner.bullet.length + 1);
      return items.flatMap((item) =>
        wrap(item, manner, indent).map((line, index) =>
          index === 0 ? `${manner.bullet} ${line.trimStart()}` : line,
        ),
      );
    }
    default:
      return block satisfies never;
  }
}

/** Breaks a line at spaces outside of links and code, so that no address is torn. */
function wrap(text: string, { width, format }: Manner, indent: string): readonly string[] {
  if (width === undefined) return [indent + text];
  const words = text.match(unbreakable(format)) ?? [text];
  const lines: string[] = [];
  let line = indent;
  for (const word of words) {
    const isFirst = line.trim() === "";
    if (!isFirst && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent + word;
    } else line += isFirst ? word : ` ${word}`;
  }
  return [...lines, line];
}

function unbreakable(format: DocumentFormat): RegExp {
  // A marker at the beginning of a line would begin a list: it stays with the word before it.
  if (format === "markdown")
    return /(?:\[[^\]]*\]\([^)]*\)|`+[^`]*`+|\S)+(?: (?:[-+*#>]|\d+[.)])(?= |$))?/g;
  if (format === "restructuredtext") return /(?:`[^`]*`__?|``.*?``|\S)+/g;
  if (format === "asciidoc") return /(?:https?:\S*\[[^\]]*\]|`\+.*?\+`|\S)+/g;
  return /(?:<[^>]*>|[^\s<]|<)+/g;
}

function inline(pieces: readonly Piece[], format: DocumentFormat): string {
  return pieces.map((piece) => writers[format](piece)).join("");
}

const writers: Readonly<Record<DocumentFormat, (piece: Piece) => string>> = {
  markdown: (piece) => {
    if (piece.kind === "link") return `[${piece.text}](${piece.target})`;
    if (piece.kind === "code") return codeSpan(piece.text);
    return piece.kind === "address" ? piece.target : escapeMarkdown(piece.text);
  },
  restructuredtext: (piece) => {
    if (piece.kind === "link") return `\`${piece.text} <${piece.target}>\`__`;
    if (piece.kind === "code") return rstLiteral(piece.text);
    return piece.kind === "address" ? piece.target : escapeRst(piece.text);
  },
  asciidoc: (piece) => {
    if (piece.kind === "link") return `${piece.target}[${piece.text}]`;
    if (piece.kind === "code") return `\`+${piece.text}+\``;
    return piece.kind === "address"
      ? piece.target
      : piece.text.replace(/([*_`#+{<])(?=\S)/g, "\\$1");
  },
  html: (piece) => {
    if (piece.kind === "link")
      return `<a href="${escapeHtml(piece.target)}">${escapeHtml(piece.text)}</a>`;
    if (piece.kind === "code") return `<code>${escapeHtml(piece.text)}</code>`;
    if (piece.kind === "text") return escapeHtml(piece.text);
    return `<a href="${escapeHtml(piece.target)}">${escapeHtml(piece.target)}</a>`;
  },
  text: (piece) => {
    if (piece.kind === "link") return `${piece.text} (${piece.target})`;
    return piece.kind === "address" ? piece.target : piece.text;
  },
};

/** A literal cannot hold backticks at its ends, and none that would close it. */
function rstLiteral(text: string): string {
  return text.includes("`") ? escapeRst(text) : `\`\`${text}\`\``;
}

function escapeRst(text: string): string {
  return text.replace(/[\\*`|]|_(?=\W|$)/g, "\\$&");
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
