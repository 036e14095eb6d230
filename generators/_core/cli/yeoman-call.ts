import type { Platform } from "../project/platform.ts";
import type { Call } from "./command-line.ts";
import { listOptions, misunderstood, readSwitches, unknownOption } from "./options.ts";

/**
 * Reads a call from what Yeoman made of the command line: it neither refuses an option that does not
 * exist nor keeps a repeated one apart from a list.
 *
 * @param options The options of a generator, with Yeoman's own among them.
 * @param typed The words of the command line: only an option that was typed can be a slip.
 * @throws UserError naming every option that is not understood.
 */
export function yeomanCall(
  args: readonly string[],
  options: Readonly<Record<string, unknown>>,
  typed: readonly string[],
  platforms: readonly Platform[],
): Omit<Call, "help" | "version"> {
  const list = listOptions(platforms);
  const flags = list.map(({ flag }) => flag);
  const problems = [
    ...unknownFlags(typed, options, flags),
    ...args.slice(1).map((word) => `${word}: found a second folder, expected one`),
  ];
  if (problems.length > 0) throw misunderstood(problems);
  const given = (flag: string) => givenOption(options, flag);
  const answers = given("answers");
  const valuesOf = (flag: string) =>
    [given(flag)].flat().filter((value) => typeof value === "string");
  return {
    ...readSwitches(valuesOf),
    directory: args[0],
    flags: Object.fromEntries(
      list.flatMap(({ flag, question }) => (question ? [[question.id, given(flag)]] : [])),
    ),
    answers: typeof answers === "string" ? answers : undefined,
    defaults: given("defaults") === true,
    dryRun: given("dry-run") === true,
    json: given("json") === true,
  };
}

/** An option of a generator by its flag: Yeoman may keep it under a name in camel case. */
export function givenOption(options: Readonly<Record<string, unknown>>, flag: string): unknown {
  return options[flag] ?? options[camelCase(flag)];
}

/**
 * Refuses options that a generator does not have.
 *
 * @param typed The words of the command line.
 * @throws UserError naming each of them.
 */
export function refuseUnknown(
  typed: readonly string[],
  options: Readonly<Record<string, unknown>>,
  flags: readonly string[],
): void {
  const problems = unknownFlags(typed, options, flags);
  if (problems.length > 0) throw misunderstood(problems);
}

function unknownFlags(
  typed: readonly string[],
  options: Readonly<Record<string, unknown>>,
  flags: readonly string[],
): readonly string[] {
  const known = new Set([...flags, ...yeomanFlags]);
  const words = typed.map((word) => word.replace(/=.*$/s, ""));
  const unknown = words.filter((word) => {
    const name = kebabCase(word.replace(/^--(no-)?/, ""));
    return (
      word.startsWith("--") && !known.has(name) && (name in options || camelCase(name) in options)
    );
  });
  return [...new Set(unknown)].map((word) => unknownOption(word, flags));
}

/** The flags of `yo` itself. */
const yeomanFlags = [
  "ask-answered",
  "bail",
  "debug",
  "force",
  "force-install",
  "help",
  "insight",
  "install",
  "local-only",
  "skip-cache",
  "skip-install",
  "skip-yo-resolve",
  "version",
  "whitespace",
];

function camelCase(flag: string): string {
  return flag.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
