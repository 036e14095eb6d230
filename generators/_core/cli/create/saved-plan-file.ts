import { readFileSync, statSync } from "node:fs";
import { relative, resolve } from "node:path";
import { packageVersion } from "../../package-folder.ts";
import { applyChanges, completeInterrupted } from "../../plan/apply/apply-plan.ts";
import { isEffective, type Change } from "../../plan/change.ts";
import { isProjectPath } from "../../plan/project-path.ts";
import { readDiskFile } from "../../plan/read-project.ts";
import { changesOf, formatSavedPlan, isSavedPlan, parseSavedPlan } from "../../plan/saved-plan.ts";
import { printable } from "../../project/printable.ts";
import { errorCode, UserError } from "../../user-error.ts";
import { fileRow } from "../file-row.ts";
import { directoryOf } from "../project-directory.ts";
import { paint, type Terminal } from "../terminal.ts";
import { writeWhole } from "../write-whole.ts";
import type { CreateCall, CreateWorld } from "./create-call.ts";
import type { Creation } from "./create.ts";

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
  const there = statSync(path, { throwIfNoEntry: false });
  const isFree = !there || (there.isFile() && isSavedPlan(readPlan(`--plan ${file}`, path)));
  if (!isFree) {
    throw new UserError(`--plan ${file}: found something else than a plan; nothing was written`, {
      hint: "Name a new file.",
    });
  }
  writeWhole(path, formatSavedPlan(changes, conflicts, packageVersion()), `--plan ${file}`);
}

/**
 * Carries out a saved plan, if the project still is what it was when the plan was made.
 *
 * @returns The exit code: 1 while files are in conflict.
 * @throws UserError when the plan cannot be read or does not fit the project.
 */
export async function applySavedPlan(
  call: CreateCall & { readonly apply: string },
  world: CreateWorld,
  terminal: Terminal,
): Promise<0 | 1> {
  const directory = directoryOf(call, world);
  const source = call.apply === "-" ? 0 : resolve(world.cwd, call.apply);
  const saved = parseSavedPlan(
    readPlan(`--apply ${call.apply}`, source),
    call.apply,
    packageVersion(),
  );
  if (!call.dryRun) await completeInterrupted(directory);
  const changes = changesOf(saved, (path) => readDiskFile(directory, path));
  const effective = changes.filter((change) => isEffective(change));
  if (!call.dryRun) await applyChanges(directory, changes, "can be undone");
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
  for (const change of files) terminal.out(fileRow(terminal, verb(change), change.path));
  for (const path of saved.conflicts) terminal.out(fileRow(terminal, "conflict", printable(path)));
  if (call.dryRun) terminal.out("Nothing was written: this was a dry run.");
  return code;
}

function verb({ before, after }: Pick<Change, "before" | "after">): "create" | "update" | "remove" {
  if (!after) return "remove";
  return before ? "update" : "create";
}

/** @param source A path, or 0 for standard input. */
function readPlan(where: string, source: string | 0): string {
  try {
    return readFileSync(source, "utf8");
  } catch (cause) {
    const code = errorCode(cause);
    if (code === undefined) throw cause;
    throw new UserError(`${where}: it cannot be read (${code}); nothing was written`, { cause });
  }
}
