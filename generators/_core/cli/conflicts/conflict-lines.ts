import { diffComm } from "node-diff3";
import type { Conflict } from "../../plan/merge/settle-pieces.ts";
import { printable } from "../../project/printable.ts";
import { paint, type Color, type Terminal } from "../terminal.ts";

/** A part of a line that is printed in one colour. */
interface Part {
  readonly text: string;
  readonly color?: Color;
}

/** A line of a difference: parts, with a space between them. */
type Row = readonly Part[];

/**
 * Shows what two sides made of the same place: lines with `-` are the user's, with `+` the new
 * version's. Lines that have most words in common are compared word by word. What is longer than the
 * terminal is wide goes on beneath.
 *
 * @param margin What is printed before each line.
 * @param limit How many lines are shown at most.
 */
export function conflictLines(
  terminal: Terminal,
  { ours, theirs }: Conflict,
  margin: string,
  limit: number,
): readonly string[] {
  const width = Math.max(20, (terminal.columns ?? Infinity) - margin.length);
  const lines = difference(ours, theirs)
    .flatMap((row) => wrap(row, width))
    .map((row) => row.map(({ text, color }) => (color ? paint(terminal, color, text) : text)))
    .map((parts) => margin + parts.join(" "));
  if (lines.length <= limit) return lines;
  const more = paint(terminal, "dim", `… ${lines.length - limit} more lines`);
  return [...lines.slice(0, limit), margin + more];
}

function difference(ours: string, theirs: string): readonly Row[] {
  const [mine = [], fresh = []] = [ours, theirs].map((text) =>
    text === "" ? [] : text.split("\n").map(printable),
  );
  return diffComm(mine, fresh).flatMap((part): readonly Row[] => {
    if ("common" in part) return part.common.map((text) => [{ text: `  ${text}` }]);
    const { buffer1: minus, buffer2: plus } = part;
    const pairs = minus.map((line, index) => wordDifference(line, plus[index] ?? ""));
    const isSimilar = minus.length === plus.length && pairs.every((row) => row !== undefined);
    if (isSimilar) return pairs.flatMap((row) => (row ? [row] : []));
    return [
      ...minus.map((text): Row => [{ text: `- ${text}`, color: "red" }]),
      ...plus.map((text): Row => [{ text: `+ ${text}`, color: "green" }]),
    ];
  });
}

/**
 * `[-yours-] {+new+}` between the words that both have: readable without colours too. `undefined`
 * where they have too few.
 */
function wordDifference(ours: string, theirs: string): Row | undefined {
  const [mine = [], fresh = []] = [ours, theirs].map((text) => text.trim().split(/\s+/));
  const parts = diffComm(mine, fresh);
  const common = parts.flatMap((part) => ("common" in part ? part.common : [])).length;
  if (common * 2 < Math.max(mine.length, fresh.length)) return undefined;
  const words = parts.flatMap((part): readonly Part[] => {
    if ("common" in part) return [{ text: part.common.join(" ") }];
    const { buffer1: minus, buffer2: plus } = part;
    return [
      ...(minus.length > 0 ? [{ text: `[-${minus.join(" ")}-]`, color: "red" } as const] : []),
      ...(plus.length > 0 ? [{ text: `{+${plus.join(" ")}+}`, color: "green" } as const] : []),
    ];
  });
  return [{ text: " " }, ...words];
}

/** Breaks a line between its words where it is too long; one that fits keeps its spaces. */
function wrap(row: Row, width: number): readonly Row[] {
  const length = row.reduce((sum, { text }) => sum + text.length + 1, -1);
  if (length <= width) return [row];
  const words = row.flatMap(({ text, ...rest }) => {
    const [start = ""] = /^[-+ ]? */.exec(text) ?? [];
    const [first = "", ...others] = text.slice(start.length).split(/ +/);
    return [{ text: start + first, ...rest }, ...others.map((word) => ({ text: word, ...rest }))];
  });
  const rows: Part[][] = [];
  let room = 0;
  for (const word of words) {
    const last = rows.at(-1);
    if (last && word.text.length < room) {
      last.push(word);
      room -= word.text.length + 1;
    } else {
      rows.push(last ? [{ text: " " }, word] : [word]);
      room = width - word.text.length - (last ? 2 : 0);
    }
  }
  return rows;
}
