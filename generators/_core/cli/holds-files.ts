import { readdirSync } from "node:fs";
import { errorCode } from "../user-error.ts";

/** Whether anything lies in a folder that could be a deployment already. */
export function holdsFiles(directory: string): boolean {
  try {
    return readdirSync(directory).some((name) => name !== ".git");
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return false;
    throw cause;
  }
}
