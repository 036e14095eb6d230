import { relative } from "node:path";
import { packageVersion } from "../../package-folder.ts";
import { applyChanges, completeInterrupted } from "../../plan/apply/apply-plan.ts";
import { planUndo } from "../../plan/apply/plan-undo.ts";
import { isProjectPath } from "../../plan/project-path.ts";
import { printable } from "../../project/printable.ts";
import { fileRow } from "../file-row.ts";
import type { Given } from "../given.ts";
import { misunderstood, problemsOfFolders } from "../option.ts";
import { directoryOf } from "../project-directory.ts";
import type { SubcommandWorld } from "../subcommand.ts";
import { paint, type Terminal } from "../terminal.ts";

/**
 * Takes the last run back and says what came of it: the whole of `undo`.
 *
 * @see schemas/undo.schema.json in this package
 * @returns The exit code.
 * @throws UserError when there is nothing to take back, or the call is not understood.
 */
export async function runUndo(
  given: Given,
  { cwd }: SubcommandWorld,
  terminal: Terminal,
): Promise<0 | 1> {
  const problems = problemsOfFolders(given.positionals);
  if (problems.length > 0) throw misunderstood(problems);
  const directory = directoryOf({ directory: given.positionals[0] }, { cwd });
  const dryRun = given.isOn("dry-run");
  if (!dryRun) await completeInterrupted(directory);
  const { changes, refused } = planUndo(directory, packageVersion());
  if (!dryRun) await applyChanges(directory, changes, "is final");
  const files = changes
    .filter(({ path }) => isProjectPath(path))
    .map(({ path, after }) => ({ path, action: after ? "restore" : "remove" }) as const);
  const code = refused.length > 0 ? 1 : 0;
  if (given.isOn("json")) {
    const result = { schemaVersion: 1, directory, dryRun, exitCode: code, files, refused };
    terminal.out(JSON.stringify(result, null, 2));
    return code;
  }
  terminal.out(
    `${paint(terminal, "bold", "Undo")} in ${printable(relative(cwd, directory) || ".")}`,
  );
  for (const { path, action } of files) terminal.out(fileRow(terminal, action, path));
  for (const path of refused) {
    terminal.error(fileRow(terminal, "stays", path, "edited since that run"));
  }
  if (dryRun) terminal.out("Nothing was written: this was a dry run.");
  return code;
}
