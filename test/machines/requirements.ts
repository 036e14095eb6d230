import { accessSync, constants } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { cacheFolder } from "./cache-folder.ts";

/** Where `install-packages` unpacks what must not be installed, before what is installed. */
export const programPath = [
  join(cacheFolder, "tools/root/usr/sbin"),
  join(cacheFolder, "tools/root/usr/bin"),
  process.env["PATH"] ?? "",
  "/usr/sbin:/sbin",
].join(delimiter);

/**
 * Makes sure that this machine has what a kind of machine needs.
 *
 * @throws Error that names everything that is missing.
 */
export function requirePrograms(purpose: string, programs: readonly string[]): void {
  const missing = programs.filter((program) => findProgram(program) === undefined);
  const faults = [
    ...(process.platform === "linux" ? [] : ["Linux"]),
    ...(process.getuid?.() === 0 ? [] : ["root"]),
    ...missing,
  ];
  if (faults.length > 0)
    throw new Error(
      `${purpose} needs ${faults.join(", ")}; run npm run test:system as root on Debian 12 or later`,
    );
}

/** The path of a program that was unpacked, or installed. */
export function findProgram(program: string): string | undefined {
  if (isAbsolute(program)) return isExecutable(program) ? program : undefined;
  return programPath
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
