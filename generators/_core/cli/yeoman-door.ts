import { givenBy, type Given } from "./given.ts";
import { misunderstood, unknownOption, type Option } from "./option.ts";
import { reporting } from "./print-error.ts";
import { processTerminal } from "./process-terminal.ts";
import type { Subcommand } from "./subcommand.ts";

/** The part of a Yeoman generator that options are declared with. */
interface Declaring {
  option(
    name: string,
    config: { readonly type: (value: unknown) => unknown; readonly description: string },
  ): unknown;
}

/** The part of a Yeoman generator that a command is declared with. */
interface Introducing extends Declaring {
  description: string;
  argument(
    name: string,
    config: {
      readonly type: typeof String;
      readonly required: false;
      readonly description: string;
    },
  ): unknown;
}

/** The part of a Yeoman generator that tells how it was called. */
interface Called {
  readonly args: readonly string[];
  /** Its options, with Yeoman's own among them. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly env: { readonly cwd: string };
}

/** Tells Yeoman, and with it `yo --help`, what a command takes. */
export function introduceSubcommand(generator: Introducing, command: Subcommand): void {
  const { argument, summary, options } = command;
  generator.description = `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
  generator.argument(argument.placeholder.toLowerCase().replaceAll("_", "-"), {
    type: String,
    // A call without it is refused by the command itself, in its own words.
    required: false,
    description: argument.help,
  });
  declareOptions(generator, options);
}

/** Tells Yeoman which options there are. */
export function declareOptions(generator: Declaring, options: readonly Option[]): void {
  for (const { flag, placeholder, help, isRepeatable, mayHaveValue } of options) {
    const needsNone = placeholder === "" ? Boolean : String;
    // A type of Yeoman's own would make one text of a list, and true of the value in --fix=changelog.
    const type = isRepeatable === true || mayHaveValue === true ? asGiven : needsNone;
    generator.option(flag, { type, description: help });
  }
}

/**
 * Runs a command that `yo` was called for.
 *
 * @param known The options that the command has.
 * @returns The exit code.
 */
export function runThroughYeoman(
  generator: Called,
  known: readonly Option[],
  run: Subcommand["run"],
): Promise<number> {
  const terminal = processTerminal();
  const { args, options, env } = generator;
  return reporting(terminal, options["json"] === true, () => {
    const given = givenToYeoman(args, options, known);
    const date = new Date().toISOString();
    return run(given, { cwd: env.cwd, environment: process.env, date }, terminal);
  });
}

/** Yeoman itself takes options that do not exist: what was typed for one is refused here. */
function givenToYeoman(
  args: readonly string[],
  options: Readonly<Record<string, unknown>>,
  known: readonly Option[],
): Given {
  const flags = known.map(({ flag }) => flag);
  const problems = unknownFlags(process.argv.slice(2), options, flags);
  if (problems.length > 0) throw misunderstood(problems);
  // Yeoman may keep an option under a name in camel case.
  const valueOf = (flag: string) => options[flag] ?? options[camelCase(flag)];
  return givenBy(args, (flag) => [valueOf(flag)].flat().filter((value) => value !== undefined));
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

function asGiven(value: unknown): unknown {
  return value;
}
