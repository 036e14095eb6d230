import { readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isAlive } from "../plan/apply/is-alive.ts";
import { errorCode, UserError } from "../user-error.ts";

/**
 * Writes a file beside a project, whole or not at all.
 *
 * It is written under a name that nobody else gives a file first. What a run left there that was
 * killed goes with the next one.
 *
 * @param where What an error calls the file: as the user named it.
 * @throws UserError when it cannot be written.
 */
export function writeWhole(path: string, text: string, where: string): void {
  const folder = dirname(path);
  const name = `.${basename(path)}.mattermost-deployment-`;
  const aside = join(folder, `${name}${process.pid}`);
  try {
    clearLeft(folder, name);
    writeFileSync(aside, text, { flag: "wx", flush: true });
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

/** Removes what bears the number of a process that is gone, or of one before this that had it too. */
function clearLeft(folder: string, name: string): void {
  for (const file of readdirSync(folder).filter((one) => one.startsWith(name))) {
    const id = /^[1-9]\d{0,9}$/.exec(file.slice(name.length))?.[0];
    const isLeft = id !== undefined && (Number(id) === process.pid || !isAlive(Number(id)));
    if (isLeft) rmSync(join(folder, file), { force: true });
  }
}
