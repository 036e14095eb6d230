import type { PlannedFile } from "../plan/planned-file.ts";
import { paint, type Color, type Terminal } from "./terminal.ts";

/** What becomes of a file, as a row says it. */
export type FileAction = PlannedFile["action"] | "restore" | "stays";

const colors: Readonly<Record<FileAction, Color>> = {
  create: "green",
  update: "green",
  rename: "green",
  restore: "green",
  remove: "yellow",
  stays: "yellow",
  keep: "dim",
  conflict: "red",
};

/**
 * A row that says what becomes of a file.
 *
 * @param reason Why; left out where it goes without saying.
 */
export function fileRow(
  terminal: Terminal,
  action: FileAction,
  path: string,
  reason?: string,
): string {
  const why = reason === undefined ? "" : paint(terminal, "dim", `  (${reason})`);
  return `  ${paint(terminal, colors[action], action.padEnd("conflict".length))} ${path}${why}`;
}
