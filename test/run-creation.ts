import { expect } from "vitest";
import type { CreateCall, CreateWorld } from "../generators/_core/cli/create/create-call.ts";
import { createOptions } from "../generators/_core/cli/create/create-options.ts";
import { parseCreateCall } from "../generators/_core/cli/create/parse-create-call.ts";
import { runCreation } from "../generators/_core/cli/create/run-creation.ts";
import { reporting } from "../generators/_core/cli/print-error.ts";
import { readCall } from "../generators/_core/cli/read-call.ts";
import { platforms } from "../templates/platforms.gen.ts";
import { folderTree } from "./folder-tree.ts";
import { today } from "./projects.ts";

/**
 * Makes or updates a project in a folder as the command does, by Example Org and with defaults.
 *
 * @param surroundings What differs from a call of nobody, with the platforms of the package.
 * @returns The exit code and everything that was printed.
 */
export async function run(
  cwd: string,
  call: Partial<CreateCall> = {},
  surroundings: Partial<CreateWorld> = {},
): Promise<{ readonly code: number; readonly out: string }> {
  const lines: string[] = [];
  const terminal = {
    out: (text: string) => void lines.push(text),
    error: (text: string) => void lines.push(text),
    hasColor: false,
  };
  const whole: CreateCall = { ...emptyCall, ...call };
  const world = { ...emptyWorld, cwd, ...surroundings };
  const code = await reporting(terminal, whole.json, () => runCreation(whole, world, terminal));
  return { code, out: lines.join("\n") };
}

/**
 * The call that the words of a command line make.
 *
 * @throws UserError naming every word that is not understood.
 */
export async function callOf(words: readonly string[]): Promise<CreateCall> {
  const terminal = { out: () => {}, error: () => {}, hasColor: false };
  const given = await readCall(words, createOptions(platforms), terminal, async () => "");
  if (!given) throw new Error(`only information was asked for: ${words.join(" ")}`);
  return parseCreateCall(given, platforms);
}

/** A call that says nothing and takes every default. */
export const emptyCall: CreateCall = {
  directory: undefined,
  flags: {},
  answers: undefined,
  defaults: true,
  dryRun: false,
  json: false,
  onConflict: undefined,
  restore: [],
  settled: [],
  plan: undefined,
  apply: undefined,
};

/** A world without a person. */
export const emptyWorld = {
  platforms,
  environment: { MATTERMOST_DEPLOYMENT_CREATOR: "Example Org" },
  today,
  mask: 0o022,
  ask: undefined,
  askConflict: undefined,
};

/** Runs a call that is refused with a message, and sees that nothing was touched. */
export async function refused(
  cwd: string,
  call: Partial<CreateCall>,
  message: RegExp,
): Promise<void> {
  const before = folderTree(cwd);
  const { code, out } = await run(cwd, call);
  expect(out).toMatch(message);
  expect(code).toBe(2);
  expect(folderTree(cwd)).toEqual(before);
}
