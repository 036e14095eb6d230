import type { Platform } from "../platform.ts";

/** A value that answers a question. */
export type AnswerValue = string | boolean | readonly string[];

/** One thing to choose, as a prompt shows it and an answer names it. */
export interface Choice {
  readonly id: string;
  readonly title: string;
}

/** The answers so far, by the ids of their questions. */
export type GivenAnswers = Readonly<Record<string, AnswerValue | undefined>>;

/** What a question may look at: answers to the questions before it, and the world as it was read. */
export interface QuestionContext {
  readonly platforms: readonly Platform[];
  /** `undefined` while the platform is not known. */
  readonly platform: Platform | undefined;
  readonly answers: GivenAnswers;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** The name of whoever runs the command; proposed as creator. */
  readonly account: string;
}

interface QuestionBase {
  /** camelCase: the key in an answers file and in `.yo-rc.json`. Flag and variable derive from it. */
  readonly id: string;
  /** What the prompt asks: a noun phrase without a colon. */
  readonly message: string;
  /** One line for `--help` and the documentation. */
  readonly help: string;
}

/** A choice of one, as a platform declares it. */
export interface PlatformChoiceQuestion extends QuestionBase {
  readonly kind: "choice";
  readonly choices: readonly Choice[];
  readonly default: string;
}

/** Yes or no, as a platform declares it. */
export interface PlatformBooleanQuestion extends QuestionBase {
  readonly kind: "boolean";
  readonly default: boolean;
}

/** A question that a platform asks for itself: plain data. */
export type PlatformQuestion = PlatformChoiceQuestion | PlatformBooleanQuestion;

/** The answers to a platform's own questions, by their ids. */
export type AnswersOf<Questions extends readonly PlatformQuestion[]> = {
  readonly [Q in Questions[number] as Q["id"]]: Q extends { readonly kind: "boolean" }
    ? boolean
    : Q extends { readonly choices: readonly { readonly id: infer Id }[] }
      ? Id
      : never;
};

/** A question as flags, variables, files and prompts all see it. */
export interface Question extends QuestionBase {
  readonly kind: "text" | "choice" | "choices" | "boolean";
  /** What stands for the value in `--help`. */
  readonly placeholder: string;
  /** Whether a dialogue asks it; otherwise its default holds unless an answer is given. */
  readonly asked: boolean;
  /** Whether `undefined` answers it: there is no default and none is needed. */
  readonly optional?: boolean;
  /** What can be chosen, for the kinds `choice` and `choices`. */
  choices?(context: QuestionContext): readonly Choice[];
  /** The answer that is taken where none is given. */
  fallback(context: QuestionContext): AnswerValue | undefined;
  /**
   * Says what is expected of an answer that has the right kind and is one of the choices, or
   * `undefined` when it is fine: "expected …".
   *
   * @param stored Whether the answer was stored by an earlier run.
   */
  expects?(value: AnswerValue, context: QuestionContext, stored: boolean): string | undefined;
}

/** The command line flag of a question, without its dashes: `server-version`. */
export function flagOf({ id }: Pick<Question, "id">): string {
  return id.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** How every environment variable begins that answers a question. */
export const variablePrefix = "MATTERMOST_DEPLOYMENT_";

/** The environment variable of a question: `MATTERMOST_DEPLOYMENT_SERVER_VERSION`. */
export function variableOf(question: Pick<Question, "id">): string {
  return `${variablePrefix}${flagOf(question).replaceAll("-", "_").toUpperCase()}`;
}
