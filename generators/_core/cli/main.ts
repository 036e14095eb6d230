import { isatty } from "node:tty";
import { platforms } from "../../../templates/platforms.gen.ts";
import { UserError } from "../user-error.ts";
import type { Prompt } from "./answers/prompt.ts";
import { createOptions } from "./create/create-options.ts";
import { runCreateCall } from "./create/run-create-call.ts";
import { reporting } from "./print-error.ts";
import { processTerminal } from "./process-terminal.ts";
import { readCall } from "./read-call.ts";
import { runSubcommand } from "./run-subcommand.ts";
import type { SubcommandWorld } from "./subcommand.ts";
import { subcommands } from "./subcommands.ts";
import type { Terminal } from "./terminal.ts";

/**
 * The package's own command.
 *
 * @param words The command line without the interpreter and the script.
 * @returns The exit code.
 */
export async function main(words: readonly string[]): Promise<number> {
  const terminal = processTerminal();
  return reporting(terminal, asksForJson(words), async () => {
    const [word = "", ...others] = words;
    const load = Object.hasOwn(subcommands, word) ? subcommands[word] : undefined;
    return load
      ? runSubcommand(await load(), others, readWorld, terminal)
      : runCreate(words, terminal);
  });
}

/** Whether errors are printed as JSON too: known before the words are understood. */
function asksForJson(words: readonly string[]): boolean {
  return /(^| )(--json|--format[= ]json)( |$)/.test(words.join(" "));
}

async function runCreate(words: readonly string[], terminal: Terminal): Promise<number> {
  const given = await readCall(words, createOptions(platforms), terminal, async () => {
    const { createHelp } = await import("./create/create-help.ts");
    const others = await Promise.all(Object.values(subcommands).map((load) => load()));
    return createHelp(platforms, others);
  });
  if (!given) return 0;
  // Asking standard input itself would open a pipe before its answers can be read.
  const hasPerson = isatty(0) && isatty(1);
  const door = { platforms, prompt: hasPerson ? loadedPrompt : undefined };
  return runCreateCall(given, door, readWorld(), terminal);
}

function readWorld(): SubcommandWorld {
  return { cwd: currentFolder(), environment: process.env, date: new Date().toISOString() };
}

function currentFolder(): string {
  try {
    return process.cwd();
  } catch (cause) {
    throw new UserError("the current folder is gone; nothing was written", {
      hint: "Go to a folder that exists.",
      cause,
    });
  }
}

/** Loads the prompt library only when there is something to ask: it costs more than all the rest. */
const loadedPrompt: Prompt = async (question) => {
  const { default: inquirer } = await import("inquirer");
  return inquirer.prompt([question]);
};
