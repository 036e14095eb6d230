import { reporting } from "../generators/_core/cli/print-error.ts";
import { runSubcommand } from "../generators/_core/cli/run-subcommand.ts";
import type { Subcommand, SubcommandWorld } from "../generators/_core/cli/subcommand.ts";

/**
 * Runs a command in a folder as its words on the command line do, on a day that never changes.
 *
 * @returns The exit code and what was printed.
 */
export async function runWords(
  command: Subcommand,
  words: readonly string[],
  { cwd, environment = {} }: Pick<SubcommandWorld, "cwd"> & Partial<SubcommandWorld>,
): Promise<{ readonly code: number; readonly out: string; readonly error: string }> {
  const out: string[] = [];
  const errors: string[] = [];
  const terminal = {
    out: (text: string) => void out.push(text),
    error: (text: string) => void errors.push(text),
    hasColor: false,
  };
  const world = { cwd, environment, date: "2026-11-22T10:00:00.000Z" };
  const code = await reporting(terminal, words.includes("--json"), () =>
    runSubcommand(command, words, () => world, terminal),
  );
  return { code, out: out.join("\n"), error: errors.join("\n") };
}
