import { relative } from "node:path";
import { packageVersion } from "../package-folder.ts";
import { applyChanges, completeInterrupted } from "../plan/apply/apply-plan.ts";
import { isProjectPath } from "../plan/project-path.ts";
import { planUndo } from "../plan/apply/plan-undo.ts";
import { printable } from "../project/printable.ts";
import { information, problemsOf, readWords } from "./command-line.ts";
import { directoryOf } from "./project-directory.ts";
import { row } from "./help.ts";
import type { RunCommand } from "./run-command.ts";
import { misunderstood, type Option } from "./options.ts";
import { paint } from "./terminal.ts";

const options: readonly Option[] = [
  { flag: "dry-run", placeholder: "", help: "show what would be taken back, write nothing" },
  { flag: "json", placeholder: "", help: "print the result as JSON" },
  ...information,
];

/** `mattermost-deployment undo [DIR]`: takes the last run back. */
export const undoCommand: RunCommand = async (words, terminal) => {
  const { given, directories } = readWords(words, options);
  const flags = options.map(({ flag }) => flag);
  const problems = given.flatMap((one) => problemsOf(one, flags));
  if (directories.length > 1) problems.push(`found ${directories.length} folders, expected one`);
  if (problems.length > 0) throw misunderstood(problems);
  const has = (flag: string) => given.some((one) => one.flag === flag);
  if (has("help")) {
    terminal.out(help());
    return 0;
  }
  if (has("version")) {
    terminal.out(packageVersion());
    return 0;
  }
  const cwd = process.cwd();
  const directory = directoryOf({ directory: directories[0] }, { cwd });
  const dryRun = has("dry-run");
  if (!dryRun) completeInterrupted(directory);
  const { changes, refused } = planUndo(directory, packageVersion());
  if (!dryRun) applyChanges(directory, changes, "is final");
  const files = changes
    .filter(({ path }) => isProjectPath(path))
    .map(({ path, after }) => ({ path, action: after ? "restore" : "remove" }));
  const code = refused.length > 0 ? 1 : 0;
  if (has("json")) {
    const result = { schemaVersion: 1, directory, dryRun, exitCode: code, files, refused };
    terminal.out(JSON.stringify(result, null, 2));
    return code;
  }
  terminal.out(
    `${paint(terminal, "bold", "Undo")} in ${printable(relative(cwd, directory) || ".")}`,
  );
  for (const { path, action } of files) terminal.out(`  ${action.padEnd(8)} ${path}`);
  for (const path of refused) {
    terminal.error(`  ${paint(terminal, "yellow", "stays")}    ${path}  (edited since that run)`);
  }
  if (dryRun) terminal.out("Nothing was written: this was a dry run.");
  return code;
};

function help(): string {
  return [
    "Usage: mattermost-deployment undo [DIR] [OPTIONS]",
    "",
    "Takes back what the last run of this package did in DIR (by default the current folder):",
    "every file becomes what it was, byte for byte. A file that was edited since stays.",
    "",
    "Options:",
    ...options.map(({ flag, help: text }) => row(`--${flag}`, text)),
    "",
    "Exit codes: 0 done; 1 a file was edited since and stays; 2 there is nothing to take back.",
  ].join("\n");
}
