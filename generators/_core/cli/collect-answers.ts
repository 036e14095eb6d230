import { storePath } from "../plan/stored-answers.ts";
import { answersThatStay } from "../project/answers-that-stay.ts";
import { fileSource, flagSource, variableSource } from "../project/answer-source.ts";
import type { GivenAnswers } from "../project/question.ts";
import { listQuestions } from "../project/question-table.ts";
import { resolveAnswers, type Unanswered } from "../project/resolve-answers.ts";
import type { CreateCall, CreateWorld } from "./create-call.ts";
import { readAccount } from "./read-account.ts";
import { readAnswersFile } from "./read-answers-file.ts";

/**
 * Answers every question of a call: from its flags, the environment, an answers file, what an
 * earlier run stored, and then as the call says.
 *
 * @param directory The folder of the project, absolute.
 * @param stored What an earlier run stored, unparsed.
 * @throws UserError when an answer is wrong or missing.
 */
export async function collectAnswers(
  call: CreateCall,
  world: CreateWorld,
  directory: string,
  stored: Readonly<Record<string, unknown>>,
): Promise<GivenAnswers> {
  const file = call.answers === undefined ? {} : await readAnswersFile(call.answers);
  const questions = listQuestions(world.platforms).map(({ question }) => question);
  const given = [
    flagSource(call.flags),
    variableSource(questions, world.environment),
    fileSource(call.answers === "-" ? "standard input" : (call.answers ?? ""), file, false),
  ];
  const platform = given.find(({ values }) => values["platform"] !== undefined)?.values["platform"];
  const kept = answersThatStay(stored, platform, world.platforms);
  const sources = [...given, fileSource(storePath, kept, true)];
  const isCreatorKnown = sources.some(({ values }) => values["creator"] !== undefined);
  return resolveAnswers(sources, unanswered(call, world), {
    platforms: world.platforms,
    today: world.today,
    account: isCreatorKnown ? "" : await readAccount(directory),
  });
}

function unanswered({ defaults }: CreateCall, { ask }: CreateWorld): Unanswered {
  if (defaults) return { by: "defaults" };
  return ask ? { by: "asking", ask } : { by: "nobody" };
}
