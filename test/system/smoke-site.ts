import { join } from "node:path";
import { execute, type Executed } from "../machines/execute.ts";
import { checkout } from "./tools.ts";

/** Runs the program's basic test on a site with an administrator's token. */
export function smokeSite(site: string, token: string): Promise<Executed> {
  const words = [join(checkout, "dist/command.js"), "smoke", site];
  const env = { ...process.env, MATTERMOST_SMOKE_TOKEN: token };
  return execute(process.execPath, words, { env, mayFail: true });
}
