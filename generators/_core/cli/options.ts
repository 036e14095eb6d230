import type { Platform } from "../project/platform.ts";
import { flagOf, type Question } from "../project/answers/question.ts";
import { listQuestions } from "../project/answers/question-table.ts";
import { suggestion } from "../project/suggestion.ts";
import { UserError } from "../user-error.ts";
import { conflictRules, type ConflictRule } from "./create/create-call.ts";

/** An option of the command: one that answers a question, or a switch of the command itself. */
export interface Option {
  /** Without its dashes: `server-version`. */
  readonly flag: string;
  /** What stands for its value in `--help`; empty for an option that takes none. */
  readonly placeholder: string;
  readonly help: string;
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
  },
  {
    flag: "settled",
    placeholder: "PATTERN",
    help: "settle conflicts with what stands in these files; may be repeated",
  },
  { flag: "plan", placeholder: "FILE", help: "save what would be written, write nothing else" },
  { flag: "apply", placeholder: "FILE", help: "carry out a saved plan, if nothing has changed" },
  { flag: "json", placeholder: "", help: "print the result as JSON" },
] as const satisfies readonly Option[];

/** Every option of the command, questions first; an option that platforms share stands once. */
export function listOptions(platforms: readonly Platform[]): readonly Option[] {
  const questions = listQuestions(platforms).map(({ question }) => ({
    flag: flagOf(question),
    placeholder: question.placeholder,
    help: question.help,
    question,
  }));
  const byFlag = new Map<string, Option>(questions.map((option) => [option.flag, option]));
  return [...byFlag.values(), ...switches];
}

/** What a call says by its switches, whichever door it came through. */
export interface GivenSwitches {
  readonly onConflict: ConflictRule | undefined;
  readonly restore: readonly string[];
  readonly settled: readonly string[];
  readonly plan: string | undefined;
  readonly apply: string | undefined;
}

/**
 * Reads the switches that take a value.
 *
 * @param valuesOf The values that an option was given, in their order.
 * @throws UserError when one of them is not understood.
 */
export function readSwitches(valuesOf: (flag: string) => readonly string[]): GivenSwitches {
  const said = valuesOf("on-conflict").at(-1);
  const rule = conflictRules.find((candidate) => candidate === said);
  const [plan, apply] = [valuesOf("plan").at(-1), valuesOf("apply").at(-1)];
  const valued = ["restore", "settled", "plan", "apply"] as const;
  const problems = [
    ...valued
      .filter((flag) => valuesOf(flag).some((value) => value.trim() === ""))
      .map((flag) => `--${flag}: found no value, expected one`),
    ...(said === undefined || rule
      ? []
      : [`--on-conflict: found ${said}, expected one of ${conflictRules.join(", ")}`]),
    ...(plan !== undefined && apply !== undefined
      ? ["--plan and --apply: found both, expected one of them"]
      : []),
  ];
  if (problems.length > 0) throw misunderstood(problems);
  const lists = { restore: valuesOf("restore"), settled: valuesOf("settled") };
  return { onConflict: rule, ...lists, plan, apply };
}

/** Says of an option that does not exist which one is meant. */
export function unknownOption(name: string, flags: readonly string[]): string {
  const near = suggestion(name.replace(/^-+/, ""), flags);
  const hint = near === undefined ? "" : `; did you mean --${near}?`;
  return `${name}: found an option that does not exist${hint}`;
}

/** The error for a command line with problems. */
export function misunderstood(problems: readonly string[]): UserError {
  return new UserError("the command line is not understood; nothing was written", {
    problems,
    hint: "--help lists every option.",
  });
}
