import type { Given } from "./given.ts";
import type { Option } from "./option.ts";
import type { Terminal } from "./terminal.ts";

/**
 * A command beside the one that makes projects. Its help and both doors, the package's own and that
 * of `yo`, derive from this; what it runs is loaded late.
 */
export interface Subcommand {
  /** The word that calls it. */
  readonly word: string;
  /** What it is called on. */
  readonly argument: {
    /** What stands for it in `--help`: `DIR`. */
    readonly placeholder: string;
    readonly help: string;
    readonly isRequired: boolean;
  };
  /** What it does, in one line that begins with a verb: for the list of commands. */
  readonly summary: string;
  /** What it does, as a paragraph of its help. */
  readonly about: string;
  readonly options: readonly Option[];
  /** Further paragraphs of its help; the last one tells the exit codes. */
  readonly notes: readonly string[];
  /**
   * Does it.
   *
   * @returns The exit code.
   * @throws UserError when the user has something to put right.
   */
  readonly run: (given: Given, world: SubcommandWorld, terminal: Terminal) => Promise<number>;
}

/** What a call of a command finds around it. */
export interface SubcommandWorld {
  /** From where paths are taken, absolute. */
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Now, ISO 8601 in UTC. */
  readonly date: string;
}

/** How a command is called: `check [DIR]`. */
export function usageOf({ word, argument }: Pick<Subcommand, "word" | "argument">): string {
  const { placeholder, isRequired } = argument;
  return `${word} ${isRequired ? placeholder : `[${placeholder}]`}`;
}
