import { printable } from "../project/printable.ts";
import { UserError } from "../user-error.ts";
import { labelled, prose } from "./prose.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Runs an action and prints what the user has to put right; anything else that it throws is a bug
 * and passes through.
 *
 * @param json Whether the error is also the result on standard output.
 * @returns The exit code of the action, 2 after a user error, 130 after Control-C at a prompt.
 */
export async function reporting(
  terminal: Terminal,
  json: boolean,
  action: () => Promise<number>,
): Promise<number> {
  try {
    return await action();
  } catch (error) {
    if (isCancelled(error)) {
      terminal.error("cancelled; nothing was written");
      return 130;
    }
    if (!(error instanceof UserError)) throw error;
    printError(terminal, error, json);
    return 2;
  }
}

/** Whether a person left a prompt with Control-C: how the prompt library says so. */
function isCancelled(error: unknown): boolean {
  return error instanceof Error && error.name === "ExitPromptError";
}

function printError(terminal: Terminal, error: UserError, json: boolean): void {
  terminal.error(labelled(terminal, "red", "error", printable(error.message)));
  for (const problem of error.problems) terminal.error(prose(terminal, printable(problem), "  "));
  if (error.hint !== undefined) terminal.error(prose(terminal, printable(error.hint)));
  if (json) {
    const { message, hint, problems } = error;
    terminal.out(JSON.stringify({ schemaVersion: 1, error: { message, hint, problems } }, null, 2));
  }
}
