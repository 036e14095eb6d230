import { suggestion } from "../project/suggestion.ts";
import { UserError } from "../user-error.ts";

/** An option of a command. */
export interface Option {
  /** Without its dashes: `server-version`. */
  readonly flag: string;
  /** What stands for its value in `--help`; empty for an option that needs none. */
  readonly placeholder: string;
  readonly help: string;
  /** Whether each time that it is given counts; of any other option the last one does. */
  readonly isRepeatable?: boolean;
  /** Whether it takes a value although it needs none: `--fix` and `--fix=changelog`. */
  readonly mayHaveValue?: boolean;
  /** Whether `--no-` before it switches it off. */
  readonly isNegatable?: boolean;
}

/** The options that every command has. */
export const information = [
  { flag: "help", placeholder: "", help: "show this text" },
  { flag: "version", placeholder: "", help: "show the version of this package" },
] as const satisfies readonly Option[];

/** Says of an option that does not exist which one is meant. */
export function unknownOption(name: string, flags: readonly string[]): string {
  const near = suggestion(name.replace(/^-+/, ""), flags);
  const hint = near === undefined ? "" : `; did you mean --${near}?`;
  return `${name}: found an option that does not exist${hint}`;
}

/** Says what is wrong with the folders that a command line names. */
export function problemsOfFolders(folders: readonly string[]): readonly string[] {
  return folders.length > 1
    ? [`found ${folders.length} folders (${folders.join(", ")}), expected one`]
    : [];
}

/** The error for a command line with problems. */
export function misunderstood(problems: readonly string[]): UserError {
  return new UserError("the command line is not understood; nothing was written", {
    problems,
    hint: "--help lists every option.",
  });
}
