import { packageVersion } from "../../package-folder.ts";
import type { RunCommand } from "../run-command.ts";
import { parseSmokeWords } from "./smoke-options.ts";
import { runSmokeCall } from "./smoke-run.ts";

/** `mattermost-deployment smoke SITE_URL`. */
export const smokeCommand: RunCommand = async (words, terminal) => {
  const call = parseSmokeWords(words);
  if (call === "help") {
    const { smokeHelp } = await import("./smoke-help.ts");
    terminal.out(smokeHelp());
    return 0;
  }
  if (call === "version") {
    terminal.out(packageVersion());
    return 0;
  }
  const date = new Date().toISOString();
  return runSmokeCall(call, { cwd: process.cwd(), environment: process.env, date }, terminal);
};
