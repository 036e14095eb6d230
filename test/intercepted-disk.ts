import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

/** The calls of Node that change a disk, or see to what is on it, and that the package uses. */
const calls = [
  "chmodSync",
  "fsyncSync",
  "mkdirSync",
  "openSync",
  "renameSync",
  "rmSync",
  "rmdirSync",
  "writeFileSync",
] as const;

/** One of the calls that are seen. */
export type DiskCall = (typeof calls)[number];

/** What happens in the place of a call: `proceed` carries it out, with its own arguments or others. */
export type Intercept = (
  name: DiskCall,
  args: readonly unknown[],
  proceed: (args?: readonly unknown[]) => unknown,
) => unknown;

/** Runs an action while every call that changes the disk goes through a function. */
export function interceptDisk(intercept: Intercept, action: () => void): void {
  const originals = calls.map((name) => [name, fs[name]] as const);
  for (const [name, original] of originals) {
    const replaced = (...args: unknown[]): unknown =>
      intercept(name, args, (others = args) => Reflect.apply(original, fs, [...others]));
    Object.assign(fs, { [name]: replaced });
  }
  syncBuiltinESMExports();
  try {
    action();
  } finally {
    Object.assign(fs, Object.fromEntries(originals));
    syncBuiltinESMExports();
  }
}
