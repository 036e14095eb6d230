import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { packed } from "./packed.ts";
import { checkout } from "./tools.ts";

/**
 * Builds and packs another release: what this source would be with some files altered.
 *
 * @param folder Where the tarball goes.
 * @returns The path of the tarball.
 */
export function packAltered(folder: string, alter: (source: string) => void): string {
  const source = mkdtempSync(join(tmpdir(), "release-"));
  try {
    cpSync(checkout, source, {
      recursive: true,
      filter: (path) => !left.includes(relative(checkout, path)),
    });
    symlinkSync(join(checkout, "node_modules"), join(source, "node_modules"));
    alter(source);
    return packed(folder, source);
  } finally {
    rmSync(source, { recursive: true, force: true });
  }
}

/** Changes a file of a source, and sees that it is changed. */
export function alterFile(source: string, path: string, change: (text: string) => string): void {
  const text = readFileSync(join(source, path), "utf8");
  const changed = change(text);
  if (changed === text) throw new Error(`${path} holds nothing of what is to be altered`);
  writeFileSync(join(source, path), changed);
}

/** What no release is built of. */
const left = [".git", "dist", "node_modules", "test"];
