import type { Subcommand } from "../subcommand.ts";

/** `mattermost-deployment undo [DIR]`. */
export const undoCommand: Subcommand = {
  word: "undo",
  argument: { placeholder: "DIR", help: "folder of the project", isRequired: false },
  summary: "take back what the last run did",
  about:
    "Takes back what the last run of this package did in DIR (by default the current folder): every file becomes what it was, byte for byte. A file that was edited since stays.",
  options: [
    { flag: "dry-run", placeholder: "", help: "show what would be taken back, write nothing" },
    { flag: "json", placeholder: "", help: "print the result as JSON" },
  ],
  notes: [
    "Exit codes: 0 done; 1 a file was edited since and stays; 2 there is nothing to take back.",
  ],
  run: async (given, world, terminal) => {
    const { runUndo } = await import("./run-undo.ts");
    return runUndo(given, world, terminal);
  },
};
