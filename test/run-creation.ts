import { expect } from "vitest";
import type { CreateWorld } from "../generators/_core/cli/create/create-call.ts";
import { reporting } from "../generators/_core/cli/print-error.ts";
import { runCreation } from "../generators/_core/cli/create/run-creation.ts";
import { platforms } from "../templates/platforms.gen.ts";
import { folderTree } from "./folder-tree.ts";
import { today } from "./projects.ts";

type Call = Parameters<typeof runCreation>[0];

/**
 * Makes or updates a project in a folder as the command does, by Example Org and with defaults.
 *
 * @param surroundings What differs from a call of nobody, with the platforms of the package.
 * @returns The exit code and everything that was printed.
 */
export async function run(
  cwd: string,
  call: Partial<Call> = {},
  surroundings: Partial<CreateWorld> = {},
): Promise<{ readonly code: number; readonly out: string }> {
  const lines: string[] = [];
  const terminal = {
    out: (text: string) => void lines.push(text),
    error: (text: string) => void lines.push(text),
    hasColor: false,
  };
  const whole: Call = { ...emptyCall, ...call };
  const world = { ...emptyWorld, cwd, ...surroundings };
  const code = await reporting(terminal, whole.json, () => runCreation(whole, world, terminal));
  return { code, out: lines.join("\n") };
}

/** A call that says nothing and takes every default. */
export const emptyCall: Call = {
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
export async function refused(cwd: string, call: Partial<Call>, message: RegExp): Promise<void> {
  const before = folderTree(cwd);
  const { code, out } = await run(cwd, call);
  expect(out).toMatch(message);
  expect(code).toBe(2);
  expect(folderTree(cwd)).toEqual(before);
}
