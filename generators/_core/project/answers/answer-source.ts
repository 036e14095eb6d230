import { flagOf, variableOf, variablePrefix, type Question } from "./question.ts";

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

/**
 * Answers given as `MATTERMOST_DEPLOYMENT_*`. An empty variable counts as not set; one that belongs
 * to no question is kept under its own name, so that it is refused like any other misspelt answer.
 */
export function variableSource(
  questions: readonly Pick<Question, "id">[],
  environment: Readonly<Record<string, string | undefined>>,
): AnswerSource {
  const ids = new Map(questions.map((question) => [variableOf(question), question.id]));
  const values = Object.entries(environment)
    .filter(
      ([name, value]) => name.startsWith(variablePrefix) && value !== undefined && value !== "",
    )
    .map(([name, value]) => [ids.get(name) ?? name, value] as const);
  return { describe: nameOfVariable, values: Object.fromEntries(values), stored: false };
}

/** Answers that stand in a file, by their keys. */
export function fileSource(
  path: string,
  values: Readonly<Record<string, unknown>>,
  stored: boolean,
): AnswerSource {
  return { describe: ({ id }) => `${path}, key ${id}`, values, stored };
}

function nameOfVariable({ id }: Pick<Question, "id">): string {
  return id.startsWith(variablePrefix) ? id : variableOf({ id });
}
