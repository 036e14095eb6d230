import type { FixScope } from "../../audit/audit-snapshot.ts";
import { formats, isFormatName, type FormatName } from "../../audit/formats/formats.ts";
import { requirements } from "../../program/requirements.gen.ts";
import { tiers, type Tier } from "../../program/tier.ts";
import { suggestion } from "../../project/suggestion.ts";
import { information, problemsOf, readWords, type GivenOption } from "../command-line.ts";
import { misunderstood, type Option } from "../options.ts";

const formatNames = Object.keys(formats);
const tierIds = tiers.map(({ id }) => id);
const requirementIds = requirements.map(({ id }) => id);

/** The options of `check`. */
export const checkOptions = [
  {
    flag: "require",
    placeholder: "TIER",
    help: `end with exit code 1 unless this tier is met: ${tierIds.join(", ")}`,
  },
  {
    flag: "strict",
    placeholder: "",
    help: "take the required words alone: no other words, no older ones, no waivers",
  },
  {
    flag: "format",
    placeholder: "FORMAT",
    help: `print the report as ${formatNames.join(", ")}; terminal by default`,
  },
  {
    flag: "out",
    placeholder: "FORMAT=FILE",
    help: "also write the report into a file; repeatable",
  },
  { flag: "json", placeholder: "", help: "the same as --format json" },
  {
    flag: "fix",
    placeholder: "",
    help: "insert the statements that are missing; --fix=REQUIREMENT, repeatable, mends that one alone, also where a sentence has to be replaced",
  },
  { flag: "dry-run", placeholder: "", help: "with --fix: print the patch, write nothing" },
] as const satisfies readonly Option[];

/** A call of `check`, parsed. */
export interface CheckCall {
  /** As the user named it; the current folder by default. */
  readonly directory: string;
  readonly required: Tier | undefined;
  readonly strict: boolean;
  /** What is printed. */
  readonly format: FormatName;
  readonly outputs: readonly { readonly format: FormatName; readonly path: string }[];
  /** `undefined` when nothing is fixed. */
  readonly fix: FixScope | undefined;
  readonly dryRun: boolean;
}

/**
 * Reads the words of a call of `check`.
 *
 * @param words Without the interpreter, the script and the word `check`.
 * @throws UserError naming every word that is not understood.
 */
export function parseCheckWords(words: readonly string[]): CheckCall | "help" | "version" {
  const options: readonly Option[] = [...checkOptions, ...information];
  const { given, directories } = readWords(words, options);
  const flags = options.map(({ flag }) => flag);
  const problems = given
    .filter((one) => !isTargetedFix(one))
    .flatMap((one) => problemsOf(one, flags));
  if (problems.length > 0) throw misunderstood(problems);
  if (given.some(({ flag }) => flag === "help")) return "help";
  if (given.some(({ flag }) => flag === "version")) return "version";
  return parseCheckValues(directories, (flag) =>
    given.filter((one) => one.flag === flag).map(({ value }) => value),
  );
}

/**
 * Reads a call of `check` whose words were taken apart already.
 *
 * @param valuesOf What was given for a flag, each time that it was; `true` for a flag without a value.
 * @throws UserError naming every value that is not understood.
 */
export function parseCheckValues(
  directories: readonly string[],
  valuesOf: (flag: string) => readonly (string | boolean)[],
): CheckCall {
  const textsOf = (flag: string) => valuesOf(flag).filter((value) => typeof value === "string");
  const isOn = (flag: string) => valuesOf(flag).includes(true);
  const tier = textsOf("require").at(-1);
  const required = tiers.find(({ id }) => id === tier)?.id;
  const names = [...textsOf("format"), ...(isOn("json") ? ["json"] : [])];
  const [format = "terminal", ...otherFormats] = new Set(names);
  const outputs = textsOf("out").map(parseOutput);
  const replaced = textsOf("fix");
  const fix = { missing: isOn("fix"), replaced };
  const isFixing = fix.missing || replaced.length > 0;
  const problems = [
    ...(directories.length > 1
      ? [`found ${directories.length} folders (${directories.join(", ")}), expected one`]
      : []),
    ...(tier !== undefined && !required ? [unknownName("--require", tier, tierIds)] : []),
    ...(isFormatName(format) ? [] : [unknownName("--format", format, formatNames)]),
    ...(otherFormats.length > 0 ? [`--format: found ${names.join(" and ")}, expected one`] : []),
    ...outputs.flatMap((output) => ("problem" in output ? [output.problem] : [])),
    ...replaced
      .filter((id) => !requirementIds.includes(id))
      .map((id) => unknownName("--fix", id, requirementIds)),
    ...(isOn("dry-run") && !isFixing ? ["--dry-run: found without --fix, expected both"] : []),
  ];
  if (problems.length > 0 || !isFormatName(format)) throw misunderstood(problems);
  return {
    directory: directories[0] ?? ".",
    required,
    strict: isOn("strict"),
    format,
    outputs: outputs.flatMap((output) => ("problem" in output ? [] : [output])),
    fix: isFixing ? fix : undefined,
    dryRun: isOn("dry-run"),
  };
}

function parseOutput(text: string): CheckCall["outputs"][number] | { readonly problem: string } {
  const [, format = "", path = ""] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  if (path === "") return { problem: `--out: found ${text}, expected FORMAT=FILE` };
  if (isFormatName(format)) return { format, path };
  return { problem: unknownName("--out", format, formatNames) };
}

function unknownName(where: string, name: string, names: readonly string[]): string {
  const near = suggestion(name, names);
  const hint = near === undefined ? `one of ${names.join(", ")}` : near;
  return `${where}: found ${name}, expected ${hint}`;
}

function isTargetedFix({ flag, value }: GivenOption): boolean {
  return flag === "fix" && typeof value === "string";
}
