import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { checkCommand } from "../generators/_core/cli/check/check-command.ts";
import { emit } from "./projects.ts";
import { runWords } from "./run-words.ts";
import { schemaProblems } from "./schema-problems.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** What the tests look at in a report. */
export interface PrintedReport {
  readonly tier: string;
  readonly pending: readonly string[];
  readonly warnings: readonly { readonly id: string }[];
}

/** Runs `check` in a folder. */
export function check(words: readonly string[], cwd: string) {
  return runWords(checkCommand, words, { cwd });
}

/** Runs `check --json` in a folder and sees that its report is one by the schema. */
export async function checkJson(words: readonly string[], cwd: string) {
  const { code, out } = await check([...words, "--json"], cwd);
  const report: PrintedReport = JSON.parse(out);
  expect(schemaProblems("report", report)).toEqual([]);
  return { code, report };
}

/** Emits a project into a folder of its own. */
export async function emittedFolder(answers: Readonly<Record<string, unknown>>): Promise<string> {
  const folder = temporaryFolder();
  const { files } = await emit(answers);
  writeTexts(folder, Object.fromEntries(files));
  return folder;
}

/** Writes texts into a folder, by their paths. */
export function writeTexts(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}
