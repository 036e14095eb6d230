import { lineEnding } from "../line-endings.ts";

/** Lines that replace others: from `start` up to and without `end`. */
export interface LineEdit {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/** Applies edits to the text on disk; lines that are new end like most of the others. */
export function editLines(text: string, edits: readonly LineEdit[]): string {
  const parts = text.split(/(?<=\n)/);
  const lines = text.endsWith("\n") ? [...parts, ""] : parts;
  const ending = lineEnding(text);
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  // From the end, so that places stay.
  const written = edits
    .toSorted((a, b) => b.start - a.start || b.end - a.end)
    .reduce((rest: readonly string[], { start, end, lines: fresh }) => {
      const isSame =
        end - start === fresh.length &&
        fresh.every((line, index) => bare(rest[start + index] ?? "") === line);
      if (isSame) return rest;
      const ended = rest
        .slice(0, start)
        .map((line) => (line.endsWith("\n") ? line : line + ending));
      return [...ended, ...fresh.map((line) => line + ending), ...rest.slice(end)];
    }, lines);
  const joined = written.join("");
  return joined.startsWith(mark) ? joined : mark + joined;
}

function bare(line: string): string {
  return line.replace(/^\uFEFF/, "").replace(/\r?\n$/, "");
}

/** Whether a line shows nothing; one that is not there does not either. */
export function isBlank(line: string | undefined): boolean {
  return line === undefined || line.trim() === "";
}
