import { UserError } from "../../user-error.ts";
import type { AnswerSource } from "./answer-source.ts";
import { parseAnswer } from "./parse-answer.ts";
import type { Platform } from "../platform.ts";
import {
  flagOf,
  type AnswerValue,
  type GivenAnswers,
  type Question,
  type QuestionContext,
} from "./question.ts";
import { askable, questions } from "./questions.ts";
import { foreignAnswers, unknownAnswers } from "./misplaced-answers.ts";

/** Asks one question of a person and returns the answer, parsed. */
export type Ask = (question: Question, context: QuestionContext) => Promise<AnswerValue>;

/** How to answer the questions that nobody has answered. */
export type Unanswered =
  | { readonly by: "asking"; readonly ask: Ask }
  | { readonly by: "defaults" }
  /** There is no terminal: they are errors. */
  | { readonly by: "nobody" };

/** The world that questions look at, beside the answers themselves. */
export interface World extends Pick<QuestionContext, "platforms" | "today" | "account"> {
  /** What is proposed instead of the defaults, by the ids of the questions. */
  readonly proposals?: GivenAnswers;
}

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
  const given = await answerAll(sources, world, async (question, context) =>
    unanswered.by === "defaults" ? question.fallback(context) : undefined,
  );
  const unknown = unknownAnswers(sources, world.platforms);
  requireNone([...unknown, ...given.problems]);
  if (unanswered.by === "defaults" || given.missing.length === 0) return given.answers;
  if (unanswered.by === "nobody") throw missing(given.missing, given.platform, world);
  const asked = await answerAll(sources, world, unanswered.ask);
  requireNone(asked.problems);
  return asked.answers;
}

/** Answers a question that no source answers; `undefined` leaves it open. */
type Answer = (question: Question, context: QuestionContext) => Promise<AnswerValue | undefined>;

interface Answered {
  readonly answers: GivenAnswers;
  readonly platform: Platform | undefined;
  readonly problems: readonly string[];
  readonly missing: readonly Question[];
}

async function answerAll(
  sources: readonly AnswerSource[],
  world: World,
  answer: Answer,
): Promise<Answered> {
  const problems: string[] = [];
  const missing: Question[] = [];
  let answers: GivenAnswers = {};
  let platform: Platform | undefined;
  const list = questions.map((question) => proposing(question, world.proposals));
  for (let question = list.shift(); question; question = list.shift()) {
    const context = { ...world, platform, answers };
    const { value, problem } = await answerOne(question, sources, context, answer);
    if (problem !== undefined) problems.push(problem);
    else if (value === undefined && question.optional !== true) missing.push(question);
    answers = { ...answers, [question.id]: value };
    if (question.id === "platform") {
      platform = world.platforms.find(({ id }) => id === value);
      list.push(...(platform?.questions ?? []).map(askable));
    }
  }
  problems.push(...foreignAnswers(sources, platform, world.platforms));
  return { answers, platform, problems, missing };
}

/** The question with another default, where there is one that can be taken. */
function proposing(question: Question, proposals: GivenAnswers = {}): Question {
  const proposal = proposals[question.id];
  if (proposal === undefined) return question;
  const fallback = (context: QuestionContext) =>
    parseAnswer(question, proposal, context).problem === undefined
      ? proposal
      : question.fallback(context);
  return { ...question, fallback };
}

/** The value, and what is wrong with it; a wrong one is replaced by the default to go on with. */
async function answerOne(
  question: Question,
  sources: readonly AnswerSource[],
  context: QuestionContext,
  answer: Answer,
): Promise<{ readonly value: AnswerValue | undefined; readonly problem?: string }> {
  const source = sources.find(({ values }) => values[question.id] !== undefined);
  if (!source) {
    const isOpen = question.asked && (context.platform !== undefined || question.id === "platform");
    return { value: isOpen ? await answer(question, context) : question.fallback(context) };
  }
  const parsed = parseAnswer(question, source.values[question.id], context, source.stored);
  if (parsed.problem === undefined) return { value: parsed.value };
  const problem = `${source.describe(question)}: ${parsed.problem}`;
  return { value: question.fallback(context), problem };
}

function requireNone(problems: readonly string[]): void {
  if (problems.length > 0) throw invalid(problems);
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
