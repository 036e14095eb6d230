import { lineEnding } from "../line-endings.ts";
import { mergeSequences } from "./merge-sequences.ts";
import { settlePieces, type Conflict, type Decide, type Decision } from "./settle-pieces.ts";

/** What became of a merge. */
export interface Merged {
  /** With the line endings, byte order mark and final line break of the user's text. */
  readonly text: string;
  readonly conflicts: readonly Conflict[];
  /** What was decided on each of them. */
  readonly decisions: readonly Decision[];
}

/**
 * Merges two successors of a text line by line. Lines that the user wrote keep their own endings;
 * lines that are new end like most of the others.
 *
 * @param ours The user's text as it stands on disk.
 * @param base Their common ancestor, in LF.
 * @param theirs The new version, in LF.
 */
export function mergeTexts(ours: string, base: string, theirs: string, decide: Decide): Merged {
  const mark = ours.startsWith("\uFEFF") ? "\uFEFF" : "";
  const mine = ours.slice(mark.length);
  const pieces = mergeSequences(linesOf(mine), linesOf(base), linesOf(theirs), ({ text }) => text);
  const { items, conflicts, decisions } = settlePieces(pieces, decide, showLines, newLine);
  const ending = lineEnding(ours);
  const isEnded = endsLine(mine) === endsLine(base) ? endsLine(theirs) : endsLine(mine);
  const text = items
    .map(([line, from], index) => {
      if (index === items.length - 1 && !isEnded) return line.text;
      return line.text + (from === "ours" && line.ending !== "" ? line.ending : ending);
    })
    .join("");
  return { text: mark + text, conflicts, decisions };
}

/** A line, with what ends it: nothing for a last one that is not ended. */
interface Line {
  readonly text: string;
  readonly ending: "\n" | "\r\n" | "";
}

function linesOf(text: string): readonly Line[] {
  const parts = text.split("\n");
  const last = parts.pop() ?? "";
  const lines = parts.map((part): Line => {
    const isCrlf = part.endsWith("\r");
    return { text: isCrlf ? part.slice(0, -1) : part, ending: isCrlf ? "\r\n" : "\n" };
  });
  return last === "" ? lines : [...lines, { text: last, ending: "" }];
}

function newLine(text: string): Line {
  return { text, ending: "\n" };
}

function showLines(lines: readonly Line[]): string {
  return lines.map(({ text }) => text).join("\n");
}

function endsLine(text: string): boolean {
  return text === "" || text.endsWith("\n");
}
