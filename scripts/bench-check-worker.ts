import { createRequire } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import { auditSnapshot } from "../generators/_core/audit/audit-snapshot.ts";
import { readSnapshot } from "../generators/_core/repository/read-snapshot.ts";

/**
 * A thread of the bench: audits the folders that it is sent, with repolinter where it was started with
 * that, and answers when it is done.
 */
interface Repolinter {
  lint(
    folder: string,
    paths: readonly string[],
    ruleset: object,
    dryRun: boolean,
  ): Promise<unknown>;
}

interface Task {
  readonly repolinter: string | undefined;
  readonly ruleset: object;
}

const { repolinter, ruleset }: Task = workerData;
const other: Repolinter | undefined =
  repolinter === undefined ? undefined : createRequire(repolinter)(repolinter);
const request = {
  required: undefined,
  strict: false,
  fix: undefined,
  date: "2026-11-22T00:00:00Z",
  packageVersion: "0.0.0",
};

parentPort?.on("message", (folders: readonly string[]) => void auditAll(folders));

async function auditAll(folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    if (other) await other.lint(folder, [], ruleset, true);
    else {
      const { report } = await auditSnapshot(readSnapshot(folder), request);
      if (report.requirements.length === 0) throw new Error(folder);
    }
  }
  parentPort?.postMessage("done", []);
}
