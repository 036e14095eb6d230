import { parseArgs } from "node:util";
import type { Platform } from "../project/platform.ts";
import type { CreateCall } from "./create/create-call.ts";
import { listOptions, misunderstood, readSwitches, unknownOption, type Option } from "./options.ts";

/** A call of the command, read from its words. */
export interface Call extends CreateCall {
  readonly json: boolean;
  readonly help: boolean;
  readonly version: boolean;
}

/** An option as it stands on a command line, `--no-` taken off. */
export interface GivenOption {
  readonly flag: string;
  /** As it was typed: `--no-upgrade`. */
  readonly typed: string;
  /** The option that it names; `undefined` where there is none. */
  readonly option: Option | undefined;
  /** Its value, or for an option without one whether it is switched on. */
  readonly value: string | boolean;
}

/**
 * Reads the words of a command line.
 *
 * @param words Without the interpreter and the script.
 * @throws UserError naming every word that is not understood.
 */
export function parseCommandLine(words: readonly string[], platforms: readonly Platform[]): Call {
  const options: readonly Option[] = [...listOptions(platforms), ...information];
  const { given, directories } = readWords(words, options);
  const flags = options.map(({ flag }) => flag);
  const problems = given.flatMap((one) => problemsOf(one, flags));
  // The value of an option that does not exist looks like a folder.
  if (directories.length > 1 && problems.length === 0) {
    problems.push(`found ${directories.length} folders (${directories.join(", ")}), expected one`);
  }
  if (problems.length > 0) throw misunderstood(problems);
  const values = new Map(given.map(({ flag, value }) => [flag, value]));
  const answers = values.get("answers");
  const valuesOf = (flag: string) =>
    given.flatMap((one) => (one.flag === flag && typeof one.value === "string" ? [one.value] : []));
  return {
    ...readSwitches(valuesOf),
    directory: directories[0],
    flags: given.reduce(withAnswer, {}),
    answers: typeof answers === "string" ? answers : undefined,
    defaults: values.has("defaults"),
    dryRun: values.has("dry-run"),
    json: values.has("json"),
    help: values.has("help"),
    version: values.has("version"),
  };
}

/** The options that every command has. */
export const information: readonly Option[] = [
  { flag: "help", placeholder: "", help: "show this text" },
  { flag: "version", placeholder: "", help: "show the version of this package" },
];

/** Takes words apart into options, known or not, and what stands between them. */
export function readWords(words: readonly string[], options: readonly Option[]) {
  const { tokens, positionals } = parseArgs({
    args: [...words],
    options: Object.fromEntries(options.map((option) => [option.flag, parserOption(option)])),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = tokens.flatMap((token): readonly GivenOption[] => {
    if (token.kind !== "option") return [];
    const isNegated = token.name.startsWith("no-");
    const flag = isNegated ? token.name.slice("no-".length) : token.name;
    const option = options.find((candidate) => candidate.flag === flag);
    const takesNegation = option?.question?.kind === "boolean";
    // The parser takes the next option for a value: "--name --tier" names nothing.
    const isValue =
      token.inlineValue === true || token.value === "-" || !token.value?.startsWith("-");
    const value = (isValue ? token.value : undefined) ?? !isNegated;
    return [
      isNegated && !takesNegation
        ? { flag: token.name, typed: token.rawName, option: undefined, value }
        : { flag, typed: token.rawName, option, value },
    ];
  });
  return { given, directories: positionals };
}

function parserOption({ flag, placeholder }: Option) {
  const type = placeholder === "" ? ("boolean" as const) : ("string" as const);
  return flag === "help" ? { type, short: "h" } : { type };
}

/** Says what is wrong with an option as it was given. */
export function problemsOf(
  { typed, option, value }: GivenOption,
  flags: readonly string[],
): string[] {
  if (!option) return [unknownOption(typed, flags)];
  const takesValue = option.placeholder !== "";
  if (takesValue && typeof value !== "string") return [`${typed}: found no value, expected one`];
  if (!takesValue && typeof value === "string") return [`${typed}: found a value, expected none`];
  return [];
}

/** A repeated flag adds to a list of choices; of any other question the last one counts. */
function withAnswer(
  flags: Readonly<Record<string, unknown>>,
  { option, value }: GivenOption,
): Readonly<Record<string, unknown>> {
  if (!option?.question) return flags;
  const { id, kind } = option.question;
  if (kind !== "choices" || typeof value !== "string") return { ...flags, [id]: value };
  const before = flags[id];
  const parts = value.split(",").map((part) => part.trim());
  return { ...flags, [id]: Array.isArray(before) ? [...before, ...parts] : parts };
}
