import type { AuditWithRefusals } from "../audit/audit-snapshot.ts";
import { unifiedPatch } from "../audit/patch.ts";
import { printable } from "../project/printable.ts";
import { paint, type Terminal } from "./terminal.ts";

/** Says what cannot be fixed, and why. */
export function printRefusals({ refused }: AuditWithRefusals, terminal: Terminal): void {
  for (const { id, reason } of refused) {
    terminal.error(`${paint(terminal, "yellow", "not fixed")}: ${id}: ${printable(reason)}`);
  }
}

/**
 * Prints the patch, and nothing else, so that it can be handed on. Only where a person looks at it
 * what a terminal would obey is spelled out.
 */
export function printPatch({ patch }: AuditWithRefusals, terminal: Terminal): void {
  const isWatched = terminal.columns !== undefined;
  for (const edit of patch) {
    const lines = unifiedPatch(edit).replace(/\n$/, "").split("\n");
    terminal.out((isWatched ? lines.map((line) => painted(line, terminal)) : lines).join("\n"));
  }
}

function painted(line: string, terminal: Terminal): string {
  const text = printable(line);
  if (line.startsWith("+")) return paint(terminal, "green", text);
  return line.startsWith("-") ? paint(terminal, "red", text) : text;
}
