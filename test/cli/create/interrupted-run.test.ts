import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { planCreation } from "../../../generators/_core/cli/create/create.ts";
import { packageVersion } from "../../../generators/_core/package-folder.ts";
import { applyChanges } from "../../../generators/_core/plan/apply/apply-plan.ts";
import { planUndo } from "../../../generators/_core/plan/apply/plan-undo.ts";
import { withFault } from "../../faulty-disk.ts";
import { folderTexts } from "../../folder-tree.ts";
import { withoutStoring } from "../../intercepted-disk.ts";
import { bury } from "../../interrupted-run.ts";
import { emptyCall, emptyWorld, run } from "../../run-creation.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const update = { flags: { tier: "community", upgrade: false, edition: "enterprise" } };

describe("an update that is killed, at each of its writes,", () => {
  it("is completed by the next run", { timeout: 300_000 }, async () => {
    const source = await edited();
    const whole = copyOf(source);
    await run(whole, update);
    let count = 0;
    for await (const folder of killedAtEachWrite(source)) {
      expect((await withoutStoring(() => run(folder, update))).code).toBe(0);
      expect(folderTexts(folder)).toEqual(folderTexts(whole));
      count += 1;
    }
    expect(count).toBeGreaterThan(60);
  });

  it("can be taken back when the next has completed it", { timeout: 300_000 }, async () => {
    const source = await edited();
    for await (const folder of killedAtEachWrite(source)) {
      await withoutStoring(async () => {
        await run(folder, update);
        await applyChanges(folder, planUndo(folder, packageVersion()).changes, "is final");
      });
      expect(folderTexts(folder)).toEqual(folderTexts(source));
    }
  });
});

/** A project with edits of every kind. */
async function edited(): Promise<string> {
  const folder = temporaryFolder();
  await run(folder);
  const edit = (path: string, change: (text: string) => string) =>
    writeFileSync(join(folder, path), change(readFileSync(join(folder, path), "utf8")));
  edit("README.md", (text) => `${text}\nMine.\n`.replaceAll("\n", "\r\n"));
  edit("lib/server.sh", (text) => `${text}# mine`);
  edit("bin/upgrade", (text) => `${text}# mine`);
  rmSync(join(folder, ".editorconfig"));
  renameSync(join(folder, "bin/backup"), join(folder, "bin/save"));
  return folder;
}

/** Copies in which the update was killed at its first write, its second, and so on to the last. */
async function* killedAtEachWrite(source: string): AsyncGenerator<string> {
  for (let at = 0; ; at += 1) {
    const folder = copyOf(source);
    const creation = await planCreation(
      { ...emptyCall, ...update },
      { ...emptyWorld, cwd: folder },
    );
    const { isReached } = await withFault(at, "dies", () => creation.apply());
    bury(folder);
    if (!isReached) return;
    yield folder;
  }
}

function copyOf(source: string): string {
  const folder = temporaryFolder();
  cpSync(source, folder, { recursive: true });
  return folder;
}
