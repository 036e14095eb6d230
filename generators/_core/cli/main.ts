import { isatty } from "node:tty";
import { platforms } from "../../../templates/platforms.gen.ts";
import { packageVersion } from "../package-folder.ts";
import { UserError } from "../user-error.ts";
import { askingConflict } from "./conflicts/ask-conflict.ts";
import { parseCommandLine } from "./command-line.ts";
import { reporting } from "./print-error.ts";
import { processTerminal } from "./process-terminal.ts";
import { asking, type Prompt } from "./answers/prompt.ts";
import type { RunCommand } from "./run-command.ts";
import { runCreation } from "./create/run-creation.ts";
import type { Terminal } from "./terminal.ts";

/** The commands beside the one that makes projects, by the word that calls them; loaded late. */
const commands: Readonly<Record<string, () => Promise<RunCommand>>> = {
  check: async () => (await import("./check/check-command.ts")).checkCommand,
  smoke: async () => (await import("./smoke/smoke-command.ts")).smokeCommand,
  undo: async () => (await import("./undo-command.ts")).undoCommand,
};

/**
 * The package's own command.
 *
 * @param words The command line without the interpreter and the script.
 * @returns The exit code.
 */
export async function main(words: readonly string[]): Promise<number> {
  const terminal = processTerminal();
  const [word = "", ...others] = words;
  const load = Object.hasOwn(commands, word) ? commands[word] : undefined;
  return reporting(terminal, asksForJson(words), async () =>
    load ? (await load())(others, terminal) : runCreate(words, terminal),
  );
}

/** Whether errors are printed as JSON too: known before the words are understood. */
function asksForJson(words: readonly string[]): boolean {
  return /(^| )(--json|--format[= ]json)( |$)/.test(words.join(" "));
}

async function runCreate(words: readonly string[], terminal: Terminal): Promise<number> {
  const call = parseCommandLine(words, platforms);
  if (call.help) {
    const { helpText } = await import("./help.ts");
    terminal.out(helpText(platforms));
    return 0;
  }
  if (call.version) {
    terminal.out(packageVersion());
    return 0;
  }
  // Asking standard input itself would open a pipe before its answers can be read.
  const hasPerson = isatty(0) && isatty(1);
  const world = {
    platforms,
    cwd: currentFolder(),
    environment: process.env,
    today: new Date().toISOString().slice(0, 10),
    mask: process.umask(),
    ...(hasPerson && !call.json
      ? { ask: asking(loadedPrompt), askConflict: askingConflict(loadedPrompt, terminal) }
      : { ask: undefined, askConflict: undefined }),
  };
  return runCreation(call, world, terminal);
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
