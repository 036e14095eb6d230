import { listQuestions } from "../../project/answers/question-table.ts";
import type { Question } from "../../project/answers/question.ts";
import { flagOf } from "../../project/answers/question.ts";
import type { Platform } from "../../project/platform.ts";
import type { Option } from "../option.ts";
import { conflictRules } from "./create-call.ts";

/** An option of the command that makes projects: one that answers a question, or a switch of it. */
export interface CreateOption extends Option {
  readonly question?: Question;
}

/** The options that answer no question. */
export const switches = [
  {
    flag: "answers",
    placeholder: "FILE",
    help: "take answers from a JSON or YAML file, - for standard input",
  },
  {
    flag: "defaults",
    placeholder: "",
    help: "take the default wherever no answer is given; ask nothing",
  },
  { flag: "dry-run", placeholder: "", help: "show what would be written, write nothing" },
  {
    flag: "on-conflict",
    placeholder: "RULE",
    help: `what is done where both you and the new version changed the same: ${conflictRules.join(", ")} (default: ask, or keep)`,
  },
  {
    flag: "restore",
    placeholder: "PATTERN",
    help: "bring back files that you deleted; may be repeated",
    isRepeatable: true,
  },
  {
    flag: "settled",
    placeholder: "PATTERN",
    help: "settle conflicts with what stands in these files; may be repeated",
    isRepeatable: true,
  },
  { flag: "plan", placeholder: "FILE", help: "save what would be written, write nothing else" },
  { flag: "apply", placeholder: "FILE", help: "carry out a saved plan, if nothing has changed" },
  { flag: "json", placeholder: "", help: "print the result as JSON" },
] as const satisfies readonly Option[];

/** Every option of the command, questions first; an option that platforms share stands once. */
export function createOptions(platforms: readonly Platform[]): readonly CreateOption[] {
  const questions = listQuestions(platforms).map(({ question }) => ({
    flag: flagOf(question),
    placeholder: question.placeholder,
    help: question.help,
    isRepeatable: question.kind === "choices",
    isNegatable: question.kind === "boolean",
    question,
  }));
  const byFlag = new Map<string, CreateOption>(questions.map((option) => [option.flag, option]));
  return [...byFlag.values(), ...switches];
}
