import { errorCode } from "../user-error.ts";
import type { Terminal } from "./terminal.ts";

/**
 * The terminal, or the pipes, of this process. Colours follow NO_COLOR and FORCE_COLOR. A reader that
 * goes away early changes nothing; output that cannot be written ends in exit code 2.
 */
export function processTerminal(): Terminal {
  process.stdout.on("error", (error) => {
    if (errorCode(error) === "EPIPE") return;
    process.stderr.write(
      `error: the output cannot be written: ${errorCode(error) ?? error.message}\n`,
    );
    process.exitCode = 2;
  });
  const { NO_COLOR, FORCE_COLOR } = process.env;
  const isForced = FORCE_COLOR !== undefined && FORCE_COLOR !== "0";
  return {
    out: (text) => process.stdout.write(`${text}\n`),
    error: (text) => process.stderr.write(`${text}\n`),
    columns: process.stdout.isTTY ? process.stdout.columns : undefined,
    hasColor: isForced || (process.stdout.isTTY && NO_COLOR === undefined),
  };
}
