import { printable } from "../printable.ts";
import { suggestion } from "../suggestion.ts";
import type { AnswerValue, Question, QuestionContext } from "./question.ts";

/** An answer that can be used, or what is wrong with it: "found …, expected …". */
export type ParsedAnswer =
  { readonly value: AnswerValue; readonly problem?: undefined } | { readonly problem: string };

/**
 * Parses one answer as it came from a flag, a variable, a file or a prompt.
 *
 * Texts of variables and flags stand for what they say: `true`, `yes` or `1` for a boolean, a list
 * separated by commas for several choices.
 */
export function parseAnswer(
  question: Question,
  raw: unknown,
  context: QuestionContext,
  stored = false,
): ParsedAnswer {
  const parsed = parsers[question.kind](question, raw, context);
  if (parsed.problem !== undefined) return parsed;
  const expected = question.expects?.(parsed.value, context, stored);
  return expected === undefined ? parsed : { problem: `found ${show(raw)}, ${expected}` };
}

const parsers: Record<
  Question["kind"],
  (question: Question, raw: unknown, context: QuestionContext) => ParsedAnswer
> = {
  text: (_, raw) =>
    typeof raw === "string"
      ? { value: raw }
      : { problem: `found ${show(raw)}, expected text, in quotes where a file holds it` },
  boolean: (_, raw) => {
    const value = typeof raw === "string" ? booleanWords[raw.toLowerCase()] : raw;
    return typeof value === "boolean"
      ? { value }
      : { problem: `found ${show(raw)}, expected true or false` };
  },
  choice: (question, raw, context) => {
    const problem = choiceProblem(question, raw, context);
    return problem === undefined ? { value: String(raw) } : { problem };
  },
  choices: (question, raw, context) => {
    const list = typeof raw === "string" ? raw.split(",").map((part) => part.trim()) : raw;
    if (!Array.isArray(list) || list.length === 0) {
      return { problem: `found ${show(raw)}, expected at least one of ${ids(question, context)}` };
    }
    const problems = list.map((item) => choiceProblem(question, item, context));
    const problem = problems.filter((text) => text !== undefined).join("; ");
    return problem === "" ? { value: inOrder(question, list, context) } : { problem };
  },
};

const booleanWords: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  "1": true,
  false: false,
  no: false,
  "0": false,
};

function choiceProblem(
  question: Question,
  raw: unknown,
  context: QuestionContext,
): string | undefined {
  const known = (question.choices?.(context) ?? []).map(({ id }) => id);
  if (typeof raw === "string" && known.includes(raw)) return undefined;
  const near = typeof raw === "string" ? suggestion(raw, known) : undefined;
  const hint = near === undefined ? "" : `; did you mean ${near}?`;
  return `found ${show(raw)}, expected one of ${known.join(", ")}${hint}`;
}

/** Each choice once, in the order in which the question lists them: the same answers, one project. */
function inOrder(
  question: Question,
  chosen: readonly unknown[],
  context: QuestionContext,
): readonly string[] {
  const known = (question.choices?.(context) ?? []).map(({ id }) => id);
  return known.filter((id) => chosen.includes(id));
}

function ids(question: Question, context: QuestionContext): string {
  return (question.choices?.(context) ?? []).map(({ id }) => id).join(", ");
}

/** The value as JSON, cut where it is long, so that no control character reaches a terminal. */
function show(raw: unknown): string {
  const text = printable(JSON.stringify(raw) ?? String(raw));
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
