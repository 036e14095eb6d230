import { parseAnswer } from "../../project/answers/parse-answer.ts";
import type { AnswerValue, Question, QuestionContext } from "../../project/answers/question.ts";
import type { Ask } from "../../project/answers/resolve-answers.ts";

/**
 * A question in the form that inquirer and Yeoman's `prompt` take. The answer comes back under its
 * name, which is the id of the question.
 */
export type PromptQuestion = TextPrompt | ChoicePrompt | ChoicesPrompt | BooleanPrompt;

interface PromptBase {
  readonly name: string;
  readonly message: string;
}

interface TextPrompt extends PromptBase {
  readonly type: "input";
  readonly default: string;
  validate(value: string): string | true;
}

interface ChoicePrompt extends PromptBase {
  readonly type: "select";
  readonly default: string;
  readonly choices: readonly { readonly name: string; readonly value: string }[];
}

interface ChoicesPrompt extends PromptBase {
  readonly type: "checkbox";
  readonly choices: readonly {
    readonly name: string;
    readonly value: string;
    readonly checked: boolean;
  }[];
  readonly pageSize: number;
  readonly required: true;
}

interface BooleanPrompt extends PromptBase {
  readonly type: "confirm";
  readonly default: boolean;
}

/** Shows one prompt and returns the answer. */
export type Prompt = (question: PromptQuestion) => Promise<Readonly<Record<string, AnswerValue>>>;

/** Asks questions with a prompt library, which judges each answer as flags are judged. */
export function asking(prompt: Prompt): Ask {
  return async (question, context) => {
    const answers = await prompt(promptQuestion(question, context));
    const answer = answers[question.id];
    if (answer === undefined) throw new Error(`the prompt for ${question.id} gave no answer`);
    return typeof answer === "string" ? answer.trim() : answer;
  };
}

function promptQuestion(question: Question, context: QuestionContext): PromptQuestion {
  const fallback = question.fallback(context);
  const base = { name: question.id, message: `${question.message}:` };
  const choices = (question.choices?.(context) ?? []).map(({ id, title }) => ({
    name: title,
    value: id,
  }));
  switch (question.kind) {
    case "text": {
      const validate = (value: string) =>
        parseAnswer(question, value.trim(), context).problem ?? true;
      return { ...base, type: "input", default: String(fallback ?? ""), validate };
    }
    case "boolean":
      return { ...base, type: "confirm", default: fallback === true };
    case "choice":
      return { ...base, type: "select", default: String(fallback), choices };
    case "choices": {
      const isChecked = (id: string) => Array.isArray(fallback) && fallback.includes(id);
      const boxes = choices.map((choice) => ({ ...choice, checked: isChecked(choice.value) }));
      return { ...base, type: "checkbox", choices: boxes, pageSize: 20, required: true };
    }
    default:
      return question.kind satisfies never;
  }
}
