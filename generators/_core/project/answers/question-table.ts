import type { Platform } from "../platform.ts";
import { flagOf, variableOf, type Question } from "./question.ts";
import { askable, questions } from "./questions.ts";

/** A question with the platforms that ask it; `undefined` stands for all. */
export interface ListedQuestion {
  readonly question: Question;
  readonly platform: Platform | undefined;
}

/** Every question there is: the common ones, then each platform's own. */
export function listQuestions(platforms: readonly Platform[]): readonly ListedQuestion[] {
  return [
    ...questions.map((question) => ({ question, platform: undefined })),
    ...platforms.flatMap((platform) =>
      platform.questions.map((question) => ({ question: askable(question), platform })),
    ),
  ];
}

/** The questions as a Markdown table: flag, variable, key in an answers file, meaning. */
export function questionTable(platforms: readonly Platform[]): string {
  const rows = listQuestions(platforms).map(({ question, platform }) => {
    const scope = platform ? ` (${platform.title})` : "";
    return `| \`${usageOf(question)}\` | \`${variableOf(question)}\` | \`${question.id}\` | ${question.help}${scope} |`;
  });
  return ["| Flag | Variable | Key | Meaning |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

/** How a question's flag is used: `--tier TIER`, `--upgrade, --no-upgrade`. */
export function usageOf(question: Question): string {
  const flag = flagOf(question);
  return question.kind === "boolean"
    ? `--${flag}, --no-${flag}`
    : `--${flag} ${question.placeholder}`;
}
