import { userInfo } from "node:os";
import { plainTextExpectation } from "../project/plain-text.ts";

/**
 * The name of whoever runs the command: from git's configuration, else the account's. A name that
 * would be refused as an answer is passed over, so that the default always works.
 */
export async function readAccount(): Promise<string> {
  for (const read of [gitName, accountName]) {
    const name = (await read()).trim();
    if (plainTextExpectation(name) === undefined) return name;
  }
  return "its maintainers";
}

async function gitName(): Promise<string> {
  const { spawnSync } = await import("node:child_process");
  const { status, stdout } = spawnSync("git", ["config", "user.name"], { encoding: "utf8" });
  return status === 0 ? stdout : "";
}

function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return "";
  }
}
