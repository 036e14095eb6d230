import { platforms } from "../../../templates/platforms.gen.ts";
import { packageVersion } from "../package-folder.ts";
import { parseCommandLine, type Call } from "./command-line.ts";
import { reporting } from "./print-error.ts";
import { processTerminal } from "./process-terminal.ts";
import { asking, type Prompt } from "./prompt.ts";
import { runCreation } from "./run-creation.ts";
import type { Terminal } from "./terminal.ts";

/**
 * The package's own command.
 *
 * @param words The command line without the interpreter and the script.
 * @returns The exit code.
 */
export async function main(words: readonly string[]): Promise<number> {
  const terminal = processTerminal();
  return reporting(terminal, words.includes("--json"), () =>
    run(parseCommandLine(words, platforms), terminal),
  );
}

async function run(call: Call, terminal: Terminal): Promise<number> {
  if (call.help) {
    const { helpText } = await import("./help.ts");
    terminal.out(helpText(platforms));
    return 0;
  }
  if (call.version) {
    terminal.out(packageVersion());
    return 0;
  }
  const hasPerson = process.stdin.isTTY && process.stdout.isTTY;
  const world = {
    platforms,
    cwd: process.cwd(),
    environment: process.env,
    today: new Date().toISOString().slice(0, 10),
    ask: hasPerson && !call.json ? asking(loadedPrompt) : undefined,
  };
  return runCreation(call, world, terminal);
}

/** Loads the prompt library only when there is something to ask: it costs more than all the rest. */
const loadedPrompt: Prompt = async (question) => {
  const { default: inquirer } = await import("inquirer");
  return inquirer.prompt([question]);
};
