import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

/** The calls of Node that change a disk, or see to what is on it, and that the package uses. */
const calls = [
  "chmodSync",
  "fsync",
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
export async function interceptDisk<Result>(
  intercept: Intercept,
  action: () => Promise<Result>,
): Promise<Result> {
  const originals = calls.map((name) => [name, fs[name]] as const);
  for (const [name, original] of originals) {
    const replaced = (...args: unknown[]): unknown =>
      intercept(name, args, (others = args) => Reflect.apply(original, fs, [...others]));
    Object.assign(fs, { [name]: replaced });
  }
  syncBuiltinESMExports();
  try {
    return await action();
  } finally {
    Object.assign(fs, Object.fromEntries(originals));
    syncBuiltinESMExports();
  }
}

/**
 * Runs an action on a disk that says at once that it has stored what it was told to: for what is done
 * hundreds of times.
 */
export async function withoutStoring<Result>(action: () => Promise<Result>): Promise<Result> {
  return interceptDisk(
    (name, args, proceed) => (name === "fsync" ? pretendStored(args) : proceed()),
    action,
  );
}

/** Does what a disk does that has stored a file: says so. */
export function pretendStored([, done]: readonly unknown[]): void {
  if (typeof done === "function") Reflect.apply(done, undefined, [null]);
}
