import { randomInt } from "node:crypto";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { errorCode, UserError } from "../user-error.ts";

/**
 * Writes a file beside a project, whole or not at all.
 *
 * @param where What an error calls the file: as the user named it.
 * @throws UserError when it cannot be written.
 */
export function writeWhole(path: string, text: string, where: string): void {
  const aside = join(dirname(path), `.${basename(path)}.${randomInt(1e9)}`);
  try {
    writeFileSync(aside, text, { flag: "wx" });
    renameSync(aside, path);
  } catch (cause) {
    rmSync(aside, { force: true });
    const code = errorCode(cause);
    if (code === undefined) throw cause;
    throw new UserError(`${where}: it cannot be written (${code})`, {
      hint: "Name a file in a folder that you may write to.",
      cause,
    });
  }
}
