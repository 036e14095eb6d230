import type { FixScope } from "../../audit/audit-snapshot.ts";
import { formats, isFormatName, type FormatName } from "../../audit/formats/formats.ts";
import { requirements } from "../../program/requirements.gen.ts";
import { tiers, type Tier } from "../../program/tier.ts";
import { suggestion } from "../../project/suggestion.ts";
import type { Given } from "../given.ts";
import { misunderstood, problemsOfFolders } from "../option.ts";

const formatNames = Object.keys(formats);
const tierIds = tiers.map(({ id }) => id);
const requirementIds = requirements.map(({ id }) => id);

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
 * Reads what a call of `check` says.
 *
 * @throws UserError naming every value that is not understood.
 */
export function parseCheckCall(given: Given): CheckCall {
  const { positionals, textsOf, isOn } = given;
  const tier = given.textOf("require");
  const required = tiers.find(({ id }) => id === tier)?.id;
  const names = [...textsOf("format"), ...(isOn("json") ? ["json"] : [])];
  const [format = "terminal", ...otherFormats] = new Set(names);
  const outputs = textsOf("out").map(parseOutput);
  const replaced = textsOf("fix");
  const fix = { missing: isOn("fix"), replaced };
  const isFixing = fix.missing || replaced.length > 0;
  const problems = [
    ...problemsOfFolders(positionals),
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
    directory: positionals[0] ?? ".",
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
