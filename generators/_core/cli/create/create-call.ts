import type { Conflict, Decision } from "../../plan/merge/settle-pieces.ts";
import type { Ask } from "../../project/answers/resolve-answers.ts";
import type { Platform } from "../../project/platform.ts";

/** What is done with conflicts where nobody is asked; `fail` writes nothing while there are any. */
export const conflictRules = ["keep", "theirs", "markers", "fail"] as const;

/** One of {@link conflictRules}. */
export type ConflictRule = (typeof conflictRules)[number];

/** What a call of the command asks for, whichever door it came through. */
export interface CreateCall {
  /** The folder of the project, relative to `cwd`; `undefined` for `cwd` itself. */
  readonly directory: string | undefined;
  /** Answers given as flags, unparsed, by the ids of their questions. */
  readonly flags: Readonly<Record<string, unknown>>;
  /** The path of an answers file, `-` for standard input. */
  readonly answers: string | undefined;
  readonly defaults: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
  /** `undefined` to ask, or `keep` where nobody can be asked. */
  readonly onConflict: ConflictRule | undefined;
  /** Patterns of deleted files that are to come back. */
  readonly restore: readonly string[];
  /** Patterns of files that are as they should be: their conflicts are settled with what is there. */
  readonly settled: readonly string[];
  /** The file that the plan is saved in; nothing else is written then. */
  readonly plan: string | undefined;
  /** The saved plan that is carried out instead of a new one. */
  readonly apply: string | undefined;
}

/** Asks a person about one conflict of a file. */
export type AskConflict = (
  path: string,
  conflict: Conflict,
  place: { readonly index: number; readonly count: number },
) => Promise<Decision>;

/** The surroundings of a call. */
export interface CreateWorld {
  readonly platforms: readonly Platform[];
  /** An absolute path. */
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** The permission bits that new files do not get. */
  readonly mask: number;
  /** Asks a person; `undefined` where there is none. */
  readonly ask: Ask | undefined;
  readonly askConflict: AskConflict | undefined;
}
