import { parseArgs } from "node:util";
import { unknownOption, type Option } from "./option.ts";

/** An option as it stands on a command line, `--no-` taken off. */
export interface GivenOption<Known extends Option = Option> {
  readonly flag: string;
  /** As it was typed: `--no-upgrade`. */
  readonly typed: string;
  /** The option that it names; `undefined` where there is none. */
  readonly option: Known | undefined;
  /** Its value, or for an option without one whether it is switched on. */
  readonly value: string | boolean;
}

/** The words of a command line, taken apart. */
export interface ReadWords<Known extends Option> {
  readonly given: readonly GivenOption<Known>[];
  /** What stands between the options. */
  readonly positionals: readonly string[];
  /** What is wrong with the options: one line each. */
  readonly problems: readonly string[];
}

/**
 * Takes the words of a command line apart into options, known or not, and what stands between them.
 *
 * @param words Without the interpreter, the script and the word of a command.
 */
export function readWords<Known extends Option>(
  words: readonly string[],
  options: readonly Known[],
): ReadWords<Known> {
  const { tokens, positionals } = parseArgs({
    args: [...words],
    options: Object.fromEntries(options.map((option) => [option.flag, parserOption(option)])),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = tokens.flatMap((token): readonly GivenOption<Known>[] => {
    if (token.kind !== "option") return [];
    const isNegated = token.name.startsWith("no-");
    const flag = isNegated ? token.name.slice("no-".length) : token.name;
    const option = options.find((candidate) => candidate.flag === flag);
    // The parser takes the next option for a value: "--name --tier" names nothing.
    const isValue =
      token.inlineValue === true || token.value === "-" || !token.value?.startsWith("-");
    const value = (isValue ? token.value : undefined) ?? !isNegated;
    return [
      isNegated && option?.isNegatable !== true
        ? { flag: token.name, typed: token.rawName, option: undefined, value }
        : { flag, typed: token.rawName, option, value },
    ];
  });
  const flags = options.map(({ flag }) => flag);
  return { given, positionals, problems: given.flatMap((one) => problemsOf(one, flags)) };
}

function parserOption({ flag, placeholder }: Option) {
  const type = placeholder === "" ? ("boolean" as const) : ("string" as const);
  return flag === "help" ? { type, short: "h" } : { type };
}

function problemsOf(
  { typed, option, value }: GivenOption,
  flags: readonly string[],
): readonly string[] {
  if (!option) return [unknownOption(typed, flags)];
  const needsValue = option.placeholder !== "";
  if (needsValue && typeof value !== "string") return [`${typed}: found no value, expected one`];
  if (!needsValue && option.mayHaveValue !== true && typeof value === "string")
    return [`${typed}: found a value, expected none`];
  return [];
}
