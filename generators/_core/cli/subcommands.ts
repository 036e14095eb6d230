import type { Subcommand } from "./subcommand.ts";

/** The commands beside the one that makes projects, by the word that calls them; loaded late. */
export const subcommands: Readonly<Record<string, () => Promise<Subcommand>>> = {
  check: async () => (await import("./check/check-command.ts")).checkCommand,
  smoke: async () => (await import("./smoke/smoke-command.ts")).smokeCommand,
  undo: async () => (await import("./undo/undo-command.ts")).undoCommand,
};
