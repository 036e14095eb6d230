import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

/** What happens at a write: the process is gone from there on, or this one write fails. */
export type Fault = "dies" | "fails";

/** How a run with a fault ended. */
export interface Faulted {
  /** Whether the write at which the fault waits was reached. */
  readonly isReached: boolean;
  /** What the run threw. */
  readonly error: unknown;
}

/** The calls of Node that change a disk and that the package uses. */
const writes = [
  "chmodSync",
  "mkdirSync",
  "renameSync",
  "rmSync",
  "rmdirSync",
  "writeFileSync",
] as const;

/**
 * Runs an action whose disk fails at its write number `at`, from 0. A file that is being written then
 * holds half of its text.
 */
export function withFault(at: number, fault: Fault, action: () => void): Faulted {
  const originals = writes.map((name) => [name, fs[name]] as const);
  let count = 0;
  for (const [name, original] of originals) {
    Object.assign(fs, {
      [name]: (...args: unknown[]): unknown => {
        const isHere = count === at;
        const isDead = fault === "dies" && count > at;
        count += 1;
        if (isHere && name === "writeFileSync") {
          const [path, text, options] = args;
          const half = String(text).slice(0, String(text).length / 2);
          Reflect.apply(original, fs, [path, half, options]);
        }
        if (isHere || isDead) throw problem(fault);
        return Reflect.apply(original, fs, args);
      },
    });
  }
  syncBuiltinESMExports();
  try {
    action();
    return { isReached: count > at, error: undefined };
  } catch (error) {
    return { isReached: count > at, error };
  } finally {
    Object.assign(fs, Object.fromEntries(originals));
    syncBuiltinESMExports();
  }
}

function problem(fault: Fault): Error {
  return fault === "dies"
    ? new Error("the process is gone")
    : Object.assign(new Error("the disk failed"), { code: "EIO" });
}
