import { closeSync, constants, fsync, openSync } from "node:fs";
import { errorCode } from "../../user-error.ts";

/**
 * Makes what stands in files, and the names that stand in folders, outlive a loss of power. All at
 * once: a file system that keeps a journal then writes it once for many, and not for each.
 *
 * @param paths Absolute, of files and folders that are there.
 */
export async function storePaths(paths: readonly string[]): Promise<void> {
  // Windows stores only what was opened to be written, and no folders.
  if (process.platform === "win32") return;
  for (let at = 0; at < paths.length; at += together) {
    await Promise.all(paths.slice(at, at + together).map(storePath));
  }
}

/** How many files are open at one time. */
const together = 64;

async function storePath(path: string): Promise<void> {
  const file = open(path);
  if (file === undefined) return;
  try {
    await new Promise<void>((resolve, reject) => {
      fsync(file, (error) => (error && !unknown.has(error.code ?? "") ? reject(error) : resolve()));
    });
  } finally {
    closeSync(file);
  }
}

/** Some network file systems know no such thing for folders. */
const unknown: ReadonlySet<string> = new Set(["EINVAL", "ENOTSUP"]);

/** Whoever may write in a folder need not have the right to open it; one may be gone by now, too. */
function open(path: string): number | undefined {
  try {
    // What is a pipe by now would be waited for.
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (cause) {
    if (["EACCES", "ENOENT"].includes(errorCode(cause) ?? "")) return undefined;
    throw cause;
  }
}
