import type { AnswerSource } from "./answer-source.ts";
import type { Platform } from "../platform.ts";
import { variableOf, variablePrefix } from "./question.ts";
import { listQuestions } from "./question-table.ts";
import { suggestion } from "../suggestion.ts";

/** What is wrong with answers that belong to no question: misspelt keys and variables. */
export function unknownAnswers(
  sources: readonly AnswerSource[],
  platforms: readonly Platform[],
): readonly string[] {
  const known = idsOf(platforms);
  return sources.flatMap((source) =>
    Object.keys(source.values)
      .filter((key) => !known.has(key))
      .map((key) => `${source.describe({ id: key })}: ${unknownKey(key, [...known])}`),
  );
}

/**
 * What is wrong with answers to questions of other platforms alone. Stored ones are left from an
 * earlier choice and stay for the day when it is made again.
 */
export function foreignAnswers(
  sources: readonly AnswerSource[],
  platform: Platform | undefined,
  platforms: readonly Platform[],
): readonly string[] {
  if (!platform) return [];
  const [all, own] = [idsOf(platforms), idsOf([platform])];
  const given = sources.filter(({ stored }) => !stored);
  return given.flatMap((source) =>
    Object.keys(source.values)
      .filter((key) => source.values[key] !== undefined && all.has(key) && !own.has(key))
      .map((key) => {
        const name = source.describe({ id: key });
        return `${name}: found an answer that the platform ${platform.id} does not ask for; leave it out`;
      }),
  );
}

function unknownKey(key: string, known: readonly string[]): string {
  const isVariable = key.startsWith(variablePrefix);
  const near = suggestion(
    key,
    known.map((id) => (isVariable ? variableOf({ id }) : id)),
  );
  return `found a key that is no question${near === undefined ? "" : `; did you mean ${near}?`}`;
}

function idsOf(platforms: readonly Platform[]): ReadonlySet<string> {
  return new Set(listQuestions(platforms).map(({ question }) => question.id));
}
