import { storePath } from "../../plan/state/stored-answers.ts";
import {
  fileSource,
  flagSource,
  variableSource,
  type AnswerSource,
} from "../../project/answers/answer-source.ts";
import { answersThatStay } from "../../project/answers/answers-that-stay.ts";
import { listQuestions } from "../../project/answers/question-table.ts";
import type { GivenAnswers } from "../../project/answers/question.ts";
import { resolveAnswers, type Unanswered } from "../../project/answers/resolve-answers.ts";
import type { Adoption } from "../adoption/read-adoption.ts";
import type { CreateCall, CreateWorld } from "../create/create-call.ts";
import { readAccount } from "./read-account.ts";
import { readAnswersFile } from "./read-answers-file.ts";

/**
 * Reads what a call itself answers: by its flags, the environment and an answers file.
 *
 * @throws UserError when the file cannot be read.
 */
export async function givenSources(
  call: CreateCall,
  { platforms, environment }: CreateWorld,
): Promise<readonly AnswerSource[]> {
  const file = call.answers === undefined ? {} : await readAnswersFile(call.answers);
  const questions = listQuestions(platforms).map(({ question }) => question);
  return [
    flagSource(call.flags),
    variableSource(questions, environment),
    fileSource(call.answers === "-" ? "standard input" : (call.answers ?? ""), file, false),
  ];
}

/** The platform that a call names, unparsed; `undefined` where it names none. */
export function givenPlatform(given: readonly AnswerSource[]): unknown {
  return given.find(({ values }) => values["platform"] !== undefined)?.values["platform"];
}

/**
 * Answers every question of a call: with what it gives itself, what an earlier run stored, what an
 * adopted project says, and then as the call says.
 *
 * @param directory The folder of the project, absolute.
 * @param stored What an earlier run stored, unparsed.
 * @throws UserError when an answer is wrong or missing.
 */
export async function collectAnswers(
  call: CreateCall,
  world: CreateWorld,
  directory: string,
  given: readonly AnswerSource[],
  stored: Readonly<Record<string, unknown>>,
  adoption: Adoption | undefined,
): Promise<GivenAnswers> {
  const platforms = adoption ? [adoption.platform] : world.platforms;
  const kept = answersThatStay(stored, givenPlatform(given), platforms);
  const sources = [
    ...given,
    fileSource(storePath, kept, true),
    ...(adoption ? [fileSource("its files", adoption.settled, true)] : []),
  ];
  const isCreatorKnown = sources.some(({ values }) => values["creator"] !== undefined);
  return resolveAnswers(sources, unanswered(call, world), {
    platforms,
    today: world.today,
    account: isCreatorKnown ? "" : await readAccount(directory),
    ...(adoption && { proposals: adoption.proposals }),
  });
}

function unanswered({ defaults }: CreateCall, { ask }: CreateWorld): Unanswered {
  if (defaults) return { by: "defaults" };
  return ask ? { by: "asking", ask } : { by: "nobody" };
}
