import { readCall } from "./read-call.ts";
import type { Subcommand, SubcommandWorld } from "./subcommand.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Runs a command from the words of a command line.
 *
 * @param words Without the interpreter, the script and the word of the command.
 * @param readWorld Called only when there is something to do.
 * @returns The exit code.
 * @throws UserError when the user has something to put right.
 */
export async function runSubcommand(
  command: Subcommand,
  words: readonly string[],
  readWorld: () => SubcommandWorld,
  terminal: Terminal,
): Promise<number> {
  const given = await readCall(words, command.options, terminal, async () => {
    const { subcommandHelp } = await import("./help.ts");
    return subcommandHelp(command);
  });
  return given ? command.run(given, readWorld(), terminal) : 0;
}
