import { packageVersion } from "../../package-folder.ts";
import { parseCheckWords } from "./check-options.ts";
import { runCheckCall } from "./check-run.ts";
import type { RunCommand } from "../run-command.ts";

/** `mattermost-deployment check [DIR]`. */
export const checkCommand: RunCommand = async (words, terminal) => {
  const call = parseCheckWords(words);
  if (call === "help") {
    const { checkHelp } = await import("./check-help.ts");
    terminal.out(checkHelp());
    return 0;
  }
  if (call === "version") {
    terminal.out(packageVersion());
    return 0;
  }
  return runCheckCall(call, { cwd: process.cwd(), date: new Date().toISOString() }, terminal);
};
