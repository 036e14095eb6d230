import { existsSync } from "node:fs";
import { userInfo } from "node:os";
import { dirname } from "node:path";
import { plainTextExpectation } from "../../project/plain-text.ts";

/**
 * The name of whoever runs the command: from git's configuration, else the account's. A name that
 * would be refused as an answer is passed over, so that the default always works.
 *
 * @param directory The folder of the project; git's configuration may differ there.
 */
export async function readAccount(directory: string): Promise<string> {
  for (const read of [() => gitName(directory), accountName]) {
    const name = (await read()).trim();
    if (plainTextExpectation(name) === undefined) return name;
  }
  return "its maintainers";
}

async function gitName(directory: string): Promise<string> {
  const { spawnSync } = await import("node:child_process");
  let cwd = directory;
  while (!existsSync(cwd)) cwd = dirname(cwd);
  const { status, stdout } = spawnSync("git", ["config", "user.name"], { cwd, encoding: "utf8" });
  return status === 0 ? stdout : "";
}

function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return "";
  }
}
