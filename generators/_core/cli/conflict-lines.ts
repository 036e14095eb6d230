import { diffComm } from "node-diff3";
import type { Conflict } from "../plan/settle-pieces.ts";
import { printable } from "../project/printable.ts";
import { paint, type Terminal } from "./terminal.ts";

/**
 * Shows what two sides made of the same place: lines with `-` are the user's, with `+` the new
 * version's. Two single lines are compared word by word.
 *
 * @param limit How many lines are shown at most.
 */
export function conflictLines(
  terminal: Terminal,
  { ours, theirs }: Conflict,
  limit = Infinity,
): readonly string[] {
  const isProse = !ours.includes("\n") && !theirs.includes("\n") && ours !== "" && theirs !== "";
  const lines = isProse
    ? [wordDifference(terminal, ours, theirs)]
    : lineDifference(terminal, ours, theirs);
  if (lines.length <= limit) return lines;
  return [...lines.slice(0, limit), paint(terminal, "dim", `… ${lines.length - limit} more lines`)];
}

function lineDifference(terminal: Terminal, ours: string, theirs: string): readonly string[] {
  const [mine, fresh] = [ours, theirs].map((text) => (text === "" ? [] : text.split("\n")));
  return diffComm(mine ?? [], fresh ?? []).flatMap((part) =>
    "common" in part
      ? part.common.map((line) => `  ${printable(line)}`)
      : [
          ...part.buffer1.map((line) => paint(terminal, "red", `- ${printable(line)}`)),
          ...part.buffer2.map((line) => paint(terminal, "green", `+ ${printable(line)}`)),
        ],
  );
}

/** `[-yours-]{+new+}` between the words that both have: readable without colours too. */
function wordDifference(terminal: Terminal, ours: string, theirs: string): string {
  const [mine, fresh] = [ours, theirs].map((text) => printable(text).trim().split(/\s+/));
  const parts = diffComm(mine ?? [], fresh ?? []).map((part) => {
    if ("common" in part) return part.common.join(" ");
    const [minus, plus] = [part.buffer1, part.buffer2].map((words) => words.join(" "));
    return [
      ...(minus ? [paint(terminal, "red", `[-${minus}-]`)] : []),
      ...(plus ? [paint(terminal, "green", `{+${plus}+}`)] : []),
    ].join(" ");
  });
  return `  ${parts.join(" ")}`;
}
