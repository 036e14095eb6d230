import { UserError } from "../user-error.ts";
import type { AnswerSource } from "./answer-source.ts";
import { parseAnswer } from "./parse-answer.ts";
import type { Platform } from "./platform.ts";
import {
  flagOf,
  type AnswerValue,
  type GivenAnswers,
  type Question,
  type QuestionContext,
} from "./question.ts";
import { listQuestions } from "./question-table.ts";
import { askable, questions } from "./questions.ts";
import { suggestion } from "./suggestion.ts";

/** Asks one question of a person and returns the answer, parsed. */
export type Ask = (question: Question, context: QuestionContext) => Promise<AnswerValue>;

/** How to answer the questions that nobody has answered. */
export type Unanswered =
  | { readonly by: "asking"; readonly ask: Ask }
  | { readonly by: "defaults" }
  /** There is no terminal: they are errors. */
  | { readonly by: "nobody" };

/** The world that questions look at, beside the answers themselves. */
export type World = Pick<QuestionContext, "platforms" | "today" | "account">;

/**
 * Answers every question: from the sources, strongest first, then as `unanswered` says.
 *
 * All that was given is judged before anything is asked, so that a dialogue never ends in an error
 * that was there from the start.
 *
 * @returns The answers by the ids of their questions.
 * @throws UserError naming every answer that is wrong, unknown or missing.
 */
export async function resolveAnswers(
  sources: readonly AnswerSource[],
  unanswered: Unanswered,
  world: World,
): Promise<GivenAnswers> {
  const everyId = new Set(listQuestions(world.platforms).map(({ question }) => question.id));
  const unknown = unknownAnswers(sources, everyId);
  const given = await answerAll(sources, world, async (question, context) =>
    unanswered.by === "defaults" ? question.fallback(context) : undefined,
  );
  const foreign = foreignAnswers(sources, given.platform, everyId);
  const problems = [...unknown, ...given.problems, ...foreign];
  if (problems.length > 0) throw invalid(problems);
  if (unanswered.by === "defaults" || given.missing.length === 0) return given.answers;
  if (unanswered.by === "nobody") throw missing(given.missing, given.platform, world);
  const asked = await answerAll(sources, world, unanswered.ask);
  const late = [...asked.problems, ...foreignAnswers(sources, asked.platform, everyId)];
  if (late.length > 0) throw invalid(late);
  return asked.answers;
}

interface Answered {
  readonly answers: GivenAnswers;
  readonly platform: Platform | undefined;
  readonly problems: readonly string[];
  readonly missing: readonly Question[];
}

async function answerAll(
  sources: readonly AnswerSource[],
  world: World,
  answer: (question: Question, context: QuestionContext) => Promise<AnswerValue | undefined>,
): Promise<Answered> {
  const problems: string[] = [];
  const missing: Question[] = [];
  let answers: GivenAnswers = {};
  let platform: Platform | undefined;
  const list = [...questions];
  for (let question = list.shift(); question; question = list.shift()) {
    const context = { ...world, platform, answers };
    const given = firstAnswer(sources, question);
    const isOpen = given === undefined && (platform !== undefined || question.id === "platform");
    const parsed = given && parseAnswer(question, given.raw, context, given.source.stored);
    if (given && parsed?.problem !== undefined) {
      problems.push(`${given.source.describe(question)}: ${parsed.problem}`);
    }
    const value =
      parsed?.problem === undefined && parsed
        ? parsed.value
        : question.asked && isOpen
          ? await answer(question, context)
          : question.fallback(context);
    if (value === undefined && question.optional !== true && given === undefined) {
      missing.push(question);
    }
    answers = { ...answers, [question.id]: value };
    if (question.id === "platform") {
      platform = world.platforms.find(({ id }) => id === value);
      list.push(...(platform?.questions ?? []).map(askable));
    }
  }
  return { answers, platform, problems, missing };
}

function firstAnswer(
  sources: readonly AnswerSource[],
  { id }: Question,
): { readonly source: AnswerSource; readonly raw: unknown } | undefined {
  const source = sources.find(({ values }) => values[id] !== undefined);
  return source && { source, raw: source.values[id] };
}

function unknownAnswers(
  sources: readonly AnswerSource[],
  known: ReadonlySet<string>,
): readonly string[] {
  return sources.flatMap((source) =>
    Object.keys(source.values)
      .filter((key) => !known.has(key))
      .map((key) => {
        const near = suggestion(key, [...known]);
        const hint = near === undefined ? "" : `; did you mean ${near}?`;
        return `${source.describe({ id: key })}: found a key that is no question${hint}`;
      }),
  );
}

/** Answers to another platform's own questions; stored ones are left from an earlier choice. */
function foreignAnswers(
  sources: readonly AnswerSource[],
  platform: Platform | undefined,
  everyId: ReadonlySet<string>,
): readonly string[] {
  if (!platform) return [];
  const known = new Set(listQuestions([platform]).map(({ question }) => question.id));
  return sources
    .filter(({ stored }) => !stored)
    .flatMap((source) =>
      Object.keys(source.values)
        .filter((key) => source.values[key] !== undefined && everyId.has(key) && !known.has(key))
        .map(
          (key) =>
            `${source.describe({ id: key })}: found an answer that the platform ${platform.id} does not ask for; leave it out`,
        ),
    );
}

function invalid(problems: readonly string[]): UserError {
  const count = problems.length === 1 ? "an answer" : `${problems.length} answers`;
  return new UserError(`${count} cannot be used; nothing was written`, {
    problems: [...new Set(problems)],
    hint: "Mend what is named above; --help lists every question.",
  });
}

function missing(
  open: readonly Question[],
  platform: Platform | undefined,
  world: World,
): UserError {
  const problems = open.map((question) => {
    const context = { ...world, platform, answers: {} };
    const choices = (question.choices?.(context) ?? []).map(({ id }) => id);
    const example = String(question.fallback(context) ?? question.placeholder);
    const expected = choices.length > 0 ? `one of ${choices.join(", ")}` : `such as “${example}”`;
    return `--${flagOf(question)}: ${question.help}; ${expected}`;
  });
  return new UserError(
    "answers are missing and there is no terminal to ask at; nothing was written",
    {
      problems,
      hint: "Give them as flags, as MATTERMOST_DEPLOYMENT_* variables or with --answers FILE, or take the defaults with --defaults.",
    },
  );
}
