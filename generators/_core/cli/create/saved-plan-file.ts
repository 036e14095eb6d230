import { existsSync, readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { packageVersion } from "../../package-folder.ts";
import { applyChanges, completeInterrupted } from "../../plan/apply/apply-plan.ts";
import { isEffective, type Change } from "../../plan/change.ts";
import { isProjectPath } from "../../plan/project-path.ts";
import { readDiskFile } from "../../plan/read-project.ts";
import { changesOf, formatSavedPlan, isSavedPlan, parseSavedPlan } from "../../plan/saved-plan.ts";
import { printable } from "../../project/printable.ts";
import { errorCode, UserError } from "../../user-error.ts";
import type { Creation } from "./create.ts";
import type { CreateCall, CreateWorld } from "./create-call.ts";
import { directoryOf } from "../project-directory.ts";
import { writeWhole } from "../smoke/smoke-files.ts";
import { paint, type Terminal } from "../terminal.ts";

/**
 * Saves what a run would change.
 *
 * @param file A path, relative to where the user stands.
 * @throws UserError when it cannot be written, or something else than a plan stands there.
 */
export function savePlan(file: string, { changes, plan }: Creation, { cwd }: CreateWorld): void {
  const path = resolve(cwd, file);
  const open = plan.files.filter(({ action }) => action === "conflict");
  const conflicts = open.map(({ path: own, at = own }) => at);
  try {
    if (existsSync(path) && !isSavedPlan(readFileSync(path, "utf8"))) {
      throw new UserError(`--plan ${file}: found something else than a plan; nothing was written`, {
        hint: "Name a new file.",
      });
    }
    writeWhole(path, formatSavedPlan(changes, conflicts, packageVersion()));
  } catch (cause) {
    throw unusable("--plan", file, "written", cause);
  }
}

/**
 * Carries out a saved plan, if the project still is what it was when the plan was made.
 *
 * @returns The exit code: 1 while files are in conflict.
 * @throws UserError when the plan cannot be read or does not fit the project.
 */
export function applySavedPlan(
  call: CreateCall & { readonly apply: string },
  world: CreateWorld,
  terminal: Terminal,
): 0 | 1 {
  const directory = directoryOf(call, world);
  const saved = parseSavedPlan(readPlan(call.apply, world.cwd), call.apply, packageVersion());
  if (!call.dryRun) completeInterrupted(directory);
  const changes = changesOf(saved, (path) => readDiskFile(directory, path));
  const effective = changes.filter((change) => isEffective(change));
  if (!call.dryRun) applyChanges(directory, changes, "can be undone");
  const code = saved.conflicts.length > 0 ? 1 : 0;
  const files = effective.filter(({ path }) => isProjectPath(path));
  if (call.json) {
    const rows = files.map(({ path, before, after }) => ({
      path,
      action: verb({ before, after }),
    }));
    const { conflicts } = saved;
    const { dryRun } = call;
    const result = { schemaVersion: 1, directory, dryRun, exitCode: code, files: rows, conflicts };
    terminal.out(JSON.stringify(result, null, 2));
    return code;
  }
  terminal.out(
    `${paint(terminal, "bold", "Plan")} ${call.apply} for ${relative(world.cwd, directory) || "."}`,
  );
  for (const change of files) terminal.out(`  ${verb(change).padEnd(8)} ${change.path}`);
  for (const path of saved.conflicts) terminal.out(`  conflict ${printable(path)}`);
  if (call.dryRun) terminal.out("Nothing was written: this was a dry run.");
  return code;
}

function verb({ before, after }: Pick<Change, "before" | "after">): "create" | "update" | "remove" {
  if (!after) return "remove";
  return before ? "update" : "create";
}

function readPlan(file: string, cwd: string): string {
  try {
    return readFileSync(file === "-" ? 0 : resolve(cwd, file), "utf8");
  } catch (cause) {
    throw unusable("--apply", file, "read", cause);
  }
}

function unusable(flag: string, file: string, verbed: string, cause: unknown): unknown {
  const code = errorCode(cause);
  if (code === undefined) return cause;
  return new UserError(`${flag} ${file}: it cannot be ${verbed} (${code}); nothing was written`, {
    cause,
  });
}
