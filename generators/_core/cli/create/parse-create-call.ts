import type { Platform } from "../../project/platform.ts";
import type { Given } from "../given.ts";
import { misunderstood, problemsOfFolders } from "../option.ts";
import { conflictRules, type CreateCall } from "./create-call.ts";
import { createOptions, type CreateOption } from "./create-options.ts";

/**
 * Reads what a call that makes or updates a project says.
 *
 * @throws UserError naming everything that is not understood; answers are for later.
 */
export function parseCreateCall(given: Given, platforms: readonly Platform[]): CreateCall {
  const rule = given.textOf("on-conflict");
  const onConflict = conflictRules.find((candidate) => candidate === rule);
  const [plan, apply] = [given.textOf("plan"), given.textOf("apply")];
  const problems = [
    ...problemsOfFolders(given.positionals),
    ...(["restore", "settled", "plan", "apply"] as const)
      .filter((flag) => given.textsOf(flag).some((value) => value.trim() === ""))
      .map((flag) => `--${flag}: found no value, expected one`),
    ...(rule === undefined || onConflict
      ? []
      : [`--on-conflict: found ${rule}, expected one of ${conflictRules.join(", ")}`]),
    ...(plan !== undefined && apply !== undefined
      ? ["--plan and --apply: found both, expected one of them"]
      : []),
  ];
  if (problems.length > 0) throw misunderstood(problems);
  return {
    directory: given.positionals[0],
    flags: Object.fromEntries(
      createOptions(platforms).flatMap((option) => answerOf(option, given)),
    ),
    answers: given.textOf("answers"),
    defaults: given.isOn("defaults"),
    dryRun: given.isOn("dry-run"),
    json: given.isOn("json"),
    onConflict,
    restore: given.textsOf("restore"),
    settled: given.textsOf("settled"),
    plan,
    apply,
  };
}

/** A repeated flag adds to a list of choices; of any other question the last one counts. */
function answerOf({ flag, question }: CreateOption, given: Given): readonly [string, unknown][] {
  const values = given.valuesOf(flag);
  if (!question || values.length === 0) return [];
  const texts = given.textsOf(flag);
  const isList = question.kind === "choices" && texts.length === values.length;
  const parts = texts.flatMap((text) => text.split(",").map((part) => part.trim()));
  return [[question.id, isList ? parts : values.at(-1)]];
}
