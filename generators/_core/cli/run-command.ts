import type { Terminal } from "./terminal.ts";

/** What runs a command: its words without its own, and where it prints; returns the exit code. */
export type RunCommand = (words: readonly string[], terminal: Terminal) => Promise<number>;
