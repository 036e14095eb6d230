import { interceptDisk, pretendStored } from "./intercepted-disk.ts";

/** What happens at a write: the process is gone from there on, or this one write fails. */
export type Fault = "dies" | "fails";

/** How a run with a fault ended. */
export interface Faulted {
  /** Whether the write at which the fault waits was reached. */
  readonly isReached: boolean;
  /** What the run threw. */
  readonly error: unknown;
}

/**
 * Runs an action whose disk fails at its write number `at`, from 0. A file that is being written then
 * holds half of its text.
 */
export async function withFault(
  at: number,
  fault: Fault,
  action: () => Promise<void>,
): Promise<Faulted> {
  let count = 0;
  let error: unknown;
  try {
    await interceptDisk((name, args, proceed) => {
      if (name === "openSync") return proceed();
      // A process that is gone while the disk stores leaves the same as one that is gone right after.
      if (name === "fsync" && fault === "dies" && count <= at) return pretendStored(args);
      const isHere = count === at;
      const isDead = fault === "dies" && count > at;
      count += 1;
      if (isHere && name === "writeFileSync") proceed(halved(args));
      if (isHere || isDead) throw problem(fault);
      return name === "fsync" ? pretendStored(args) : proceed();
    }, action);
  } catch (cause) {
    error = cause;
  }
  return { isReached: count > at, error };
}

/** The arguments of a write of which only the first half arrives. */
export function halved([path, text, options]: readonly unknown[]): readonly unknown[] {
  return [path, String(text).slice(0, String(text).length / 2), options];
}

function problem(fault: Fault): Error {
  return fault === "dies"
    ? new Error("the process is gone")
    : Object.assign(new Error("the disk failed"), { code: "EIO" });
}
