import type { Platform } from "../../project/platform.ts";
import { asking, type Prompt } from "../answers/prompt.ts";
import { askingConflict } from "../conflicts/ask-conflict.ts";
import type { Given } from "../given.ts";
import type { SubcommandWorld } from "../subcommand.ts";
import type { Terminal } from "../terminal.ts";
import { parseCreateCall } from "./parse-create-call.ts";
import { runCreation } from "./run-creation.ts";

/** What a door brings to a call that makes or updates a project. */
export interface CreateDoor {
  readonly platforms: readonly Platform[];
  /** How a person is asked; `undefined` where there is none. */
  readonly prompt: Prompt | undefined;
}

/**
 * Makes or updates a project as a call says; one that wants JSON is asked nothing.
 *
 * @returns The exit code.
 * @throws UserError when the user has something to put right.
 */
export async function runCreateCall(
  given: Given,
  { platforms, prompt }: CreateDoor,
  { cwd, environment, date }: SubcommandWorld,
  terminal: Terminal,
): Promise<number> {
  const call = parseCreateCall(given, platforms);
  const person = call.json ? undefined : prompt;
  const world = {
    platforms,
    cwd,
    environment,
    today: date.slice(0, "YYYY-MM-DD".length),
    mask: process.umask(),
    ask: person && asking(person),
    askConflict: person && askingConflict(person, terminal),
  };
  return runCreation(call, world, terminal);
}
