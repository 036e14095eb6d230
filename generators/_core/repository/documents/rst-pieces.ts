import { dedent, endOfRun, indentOf, isBlank, type SourceLine } from "./source-lines.ts";

/** What stands at a line of reStructuredText, and the line behind it. */
export type RstPiece = { readonly end: number } & (
  | {
      readonly what:
        | "blank"
        | "indented"
        | "markup"
        | "anonymous target"
        | "grid table"
        | "simple table"
        | "doctest"
        | "paragraph";
    }
  /** A mere line across the page is one without a title. */
  | { readonly what: "heading"; readonly title?: SourceLine; readonly style: string }
  /** `mark` is the length of the bullet, number or field name with the space behind it. */
  | { readonly what: "item"; readonly mark: number }
);

const bullet = /^(?:[-*+•‣]|(?:\d{1,3}|#|[a-zA-Z])[.)]|\((?:\d{1,3}|#|[a-zA-Z])\))(?:\s+|$)/;
const field = /^:[\w -]{1,40}:\s+/;
const adornment = /^([!-/:-@[-`{-~])\1{2,}\s*$/;

/**
 * Tells what stands at a line.
 *
 * @param at The index of a line that is there.
 */
export function rstPiece(lines: readonly SourceLine[], at: number): RstPiece {
  const line = lines[at] ?? { text: "", offset: 0 };
  const { text } = line;
  if (isBlank(line)) return { what: "blank", end: at + 1 };
  if (indentOf(line) > 0) return { what: "indented", end: endOfIndented(lines, at) };
  const heading = headingAt(lines, at);
  if (heading) return heading;
  if (text.startsWith(".. ") || text.trim() === "..")
    return { what: "markup", end: endOfIndented(lines, at + 1) };
  if (text.startsWith("__ ")) return { what: "anonymous target", end: at + 1 };
  if (/^\+[-=+]{3,}\+?\s*$/.test(text)) return { what: "grid table", end: endOfRun(lines, at) };
  if (/^={2,}(\s+={2,})+\s*$/.test(text))
    return { what: "simple table", end: endOfSimpleTable(lines, at) };
  if (text.startsWith(">>> ")) return { what: "doctest", end: endOfRun(lines, at) };
  const mark = bullet.exec(text)?.[0] ?? field.exec(text)?.[0];
  if (mark !== undefined && mark.trim() !== text.trim())
    return { what: "item", mark: mark.length, end: endOfIndented(lines, at + 1) };
  // An indented second line is no part of it: it defines the first.
  const isDefinition = (next: SourceLine, index: number) => index === at + 1 && indentOf(next) > 0;
  return { what: "paragraph", end: endOfRun(lines, at, isDefinition) };
}

function headingAt(lines: readonly SourceLine[], at: number): RstPiece | undefined {
  const [first, second, third] = [lines[at], lines[at + 1], lines[at + 2]];
  const over = adornmentOf(first);
  if (over === undefined) {
    const under = adornmentOf(second);
    const isLongEnough = widthOf(second) + 2 >= widthOf(first);
    if (!first || under === undefined || !isLongEnough) return undefined;
    return { what: "heading", title: first, style: under, end: at + 2 };
  }
  if (!second || isBlank(second)) return { what: "heading", style: over, end: at + 1 };
  if (adornmentOf(third) !== over) return undefined;
  return { what: "heading", title: dedent(second, 80), style: over + over, end: at + 3 };
}

function adornmentOf(line: SourceLine | undefined): string | undefined {
  return line && adornment.exec(line.text)?.[1];
}

function widthOf(line: SourceLine | undefined): number {
  return line?.text.trimEnd().length ?? 0;
}

/** Behind the last indented line from `start` on; blank ones between them belong to them. */
function endOfIndented(lines: readonly SourceLine[], start: number): number {
  let at = start;
  let end = start;
  for (let line = lines[at]; line; line = lines[(at += 1)]) {
    if (isBlank(line)) continue;
    if (indentOf(line) === 0) break;
    end = at + 1;
  }
  return end;
}

function endOfSimpleTable(lines: readonly SourceLine[], start: number): number {
  let borders = 0;
  for (let at = start; at < lines.length; at += 1) {
    const isBorder = /^=[=\s]*$/.test(lines[at]?.text ?? "");
    if (isBorder) borders += 1;
    const isLast = /^\s*$/.test(lines[at + 1]?.text ?? "");
    if (borders >= 2 && isBorder && isLast) return at + 1;
  }
  return endOfRun(lines, start);
}
