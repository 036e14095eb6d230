import type { Terminal } from "./terminal.ts";

/** The terminal, or the pipes, of this process. Colours follow NO_COLOR and FORCE_COLOR. */
export function processTerminal(): Terminal {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  const isForced = FORCE_COLOR !== undefined && FORCE_COLOR !== "0";
  return {
    out: (text) => process.stdout.write(`${text}\n`),
    error: (text) => process.stderr.write(`${text}\n`),
    hasColor: isForced || (process.stdout.isTTY && NO_COLOR === undefined),
  };
}
