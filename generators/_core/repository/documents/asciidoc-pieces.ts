import { closingFence, fencedBy, type Fenced } from "./asciidoc-fences.ts";
import { endOfRun, isBlank, type SourceLine } from "./source-lines.ts";

/** What stands at a line of AsciiDoc, and the line behind it. */
export type AsciidocPiece = { readonly end: number } & (
  | { readonly what: "blank" | "comment" | "macro" }
  /** A line in brackets that says what comes next. */
  | { readonly what: "style" }
  | { readonly what: "heading"; readonly title: SourceLine; readonly depth: number }
  /** The title of a block. */
  | { readonly what: "title"; readonly title: SourceLine }
  /** `inner` is what stands between the fences. */
  | { readonly what: "fenced"; readonly holds: Fenced; readonly inner: readonly SourceLine[] }
  | { readonly what: "table"; readonly inner: readonly SourceLine[] }
  | { readonly what: "paragraph"; readonly isIndented: boolean }
);

/** The mark before an item of a list, and its check box. */
export const listMark = /^\s*(?:\*{1,5}|-|\.{1,5}|\d{1,3}\.|<\.>)\s+(?:\[[ x*]\]\s+)?/;

const tableFence = /^\|={3,}\s*$/;
const style = /^\[.*\]\s*$/;
/** Attributes and macros that stand alone on their line. */
const macro = /^:!?[\w-]+!?:|^\w*::?\[|^(ifdef|ifndef|ifeval|endif|include|image|toc|video)::/;

/**
 * Tells what stands at a line.
 *
 * @param at The index of a line that is there.
 */
export function asciidocPiece(lines: readonly SourceLine[], at: number): AsciidocPiece {
  const line = lines[at] ?? { text: "", offset: 0 };
  const { text } = line;
  const end = at + 1;
  if (isBlank(line)) return { what: "blank", end };
  const holds = fencedBy(text);
  if (holds !== undefined) return { what: "fenced", holds, ...innerLines(lines, at) };
  if (text.startsWith("//")) return { what: "comment", end };
  if (tableFence.test(text)) return { what: "table", ...innerLines(lines, at) };
  if (style.test(text)) return { what: "style", end };
  if (macro.test(text)) return { what: "macro", end };
  const [mark, signs] = /^(={1,6}|#{1,6})\s+(?=\S)/.exec(text) ?? [];
  if (mark !== undefined && signs !== undefined)
    return { what: "heading", title: cut(line, mark.length), depth: signs.length, end };
  if (/^\.[^\s.]/.test(text)) return { what: "title", title: cut(line, 1), end };
  const under = lines[at + 1]?.text.trimEnd() ?? "";
  if (isUnderline(under, text)) {
    const depth = "=-~^+".indexOf(under.charAt(0)) + 1;
    return { what: "heading", title: line, depth, end: at + 2 };
  }
  const isIndented = /^[ \t]/.test(text) && !listMark.test(text);
  return { what: "paragraph", isIndented, end: endOfRun(lines, at, endsParagraph) };
}

/** A line without its first letters. */
export function cut({ text, offset }: SourceLine, length: number): SourceLine {
  return { text: text.slice(length), offset: offset + length };
}

/** What stands between a fence and the next one like it, or the end of the document. */
function innerLines(
  lines: readonly SourceLine[],
  start: number,
): { readonly inner: readonly SourceLine[]; readonly end: number } {
  const fence = closingFence(lines[start]?.text ?? "");
  const found = lines.findIndex((line, index) => index > start && line.text.trimEnd() === fence);
  const close = found === -1 ? lines.length : found;
  return { inner: lines.slice(start + 1, close), end: close + 1 };
}

function isUnderline(under: string, title: string): boolean {
  const isLine = /^(={3,}|-{3,}|~{3,}|\^{3,}|\+{3,})$/.test(under);
  return isLine && Math.abs(under.length - title.trimEnd().length) <= 2;
}

function endsParagraph({ text }: SourceLine): boolean {
  return (
    listMark.test(text) ||
    text.startsWith("//") ||
    /^\|={3,}/.test(text) ||
    style.test(text) ||
    fencedBy(text) !== undefined
  );
}
