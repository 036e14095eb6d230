import type { Files } from "../../../program/requirement.ts";
import type { Found } from "../../report.ts";

/** A line of a file. */
export interface ExcerptLine {
  /** From 1 on. */
  readonly number: number;
  readonly text: string;
  /** Whether it is part of what was found, and not beside it. */
  readonly isFound: boolean;
}

const mostFound = 8;
const longestLine = 2000;

/**
 * The lines of a file in which something was found, with the one before and the one after; empty when
 * the file is not at hand.
 */
export function excerpt(sources: Files, { path, line, text }: Found): readonly ExcerptLine[] {
  const lines =
    sources
      .get(path)
      ?.trimEnd()
      .split(/\r\n|\r|\n/) ?? [];
  if (line < 1 || line > lines.length) return [];
  const last = lastLine(lines, line, text);
  const first = Math.max(1, line - 1);
  const end = Math.min(lines.length, last + 1);
  return Array.from({ length: end - first + 1 }, (_, index) => {
    const number = first + index;
    const isFound = number >= line && number <= last;
    return { number, text: (lines[number - 1] ?? "").slice(0, longestLine), isFound };
  });
}

/** A statement may be wrapped: its lines end where they hold as many letters as it has. */
function lastLine(lines: readonly string[], line: number, text: string): number {
  const wanted = letters(text);
  let last = line;
  let seen = letters(lines[line - 1] ?? "");
  while (seen < wanted && last - line < mostFound && (lines[last] ?? "").trim() !== "") {
    seen += letters(lines[last] ?? "");
    last += 1;
  }
  return last;
}

function letters(text: string): number {
  return text.slice(0, longestLine * mostFound).replace(/[^\p{L}\p{N}]/gu, "").length;
}
