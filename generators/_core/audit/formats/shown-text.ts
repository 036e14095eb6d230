import { printable } from "../../project/printable.ts";

/** Longer quotes say nothing more, and a paragraph may be as long as its file. */
const longest = 600;

/** Text of an audited repository as it is shown: on one line, printable, not endless. */
export function shownText(text: string): string {
  const start = text
    .slice(0, longest * 4)
    .replace(/\s+/g, " ")
    .trim();
  if (start.length <= longest && text.length <= longest * 4) return printable(start);
  // Half of a character that takes two units is none.
  return printable(`${start.slice(0, longest).replace(/[\uD800-\uDBFF]$/, "")}…`);
}
