import { flagOf, variableOf, type Question } from "./question.ts";

/** Where answers come from, and how one of them is named to the user. */
export interface AnswerSource {
  /** Names the answer as the user gave it: `--tier`, `MATTERMOST_DEPLOYMENT_TIER`. */
  describe(question: Pick<Question, "id">): string;
  /** The answers as they came, unparsed, by the ids of their questions. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Whether an earlier run stored them. */
  readonly stored: boolean;
}

/** Answers given as flags, by the ids of their questions. */
export function flagSource(values: Readonly<Record<string, unknown>>): AnswerSource {
  return { describe: (question) => `--${flagOf(question)}`, values, stored: false };
}

/** Answers given as `MATTERMOST_DEPLOYMENT_*`. An empty variable counts as not set. */
export function variableSource(
  questions: readonly Pick<Question, "id">[],
  environment: Readonly<Record<string, string | undefined>>,
): AnswerSource {
  const values = questions.flatMap((question) => {
    const value = environment[variableOf(question)];
    return value === undefined || value === "" ? [] : [[question.id, value] as const];
  });
  return { describe: variableOf, values: Object.fromEntries(values), stored: false };
}

/** Answers that stand in a file, by their keys. */
export function fileSource(
  path: string,
  values: Readonly<Record<string, unknown>>,
  stored: boolean,
): AnswerSource {
  return { describe: ({ id }) => `${path}, key ${id}`, values, stored };
}
