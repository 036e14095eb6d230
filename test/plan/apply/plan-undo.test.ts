import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { packageVersion } from "../../../generators/_core/package-folder.ts";
import { applyChanges } from "../../../generators/_core/plan/apply/apply-plan.ts";
import { planUndo } from "../../../generators/_core/plan/apply/plan-undo.ts";
import { folderTexts } from "../../folder-tree.ts";
import { run } from "../../run-creation.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

describe("undo", () => {
  it("of the first run leaves what was there before", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "mine.txt"), "mine\r\n");
    await run(folder);
    await undo(folder);
    expect(folderTexts(folder)).toEqual({ "mine.txt": "mine\r\n" });
  });

  it("of an update gives back every byte and every permission", async () => {
    const folder = await edited();
    const [before, modes] = [folderTexts(folder), modesOf(folder)];
    await run(folder, { flags: { tier: "community", upgrade: false, edition: "enterprise" } });
    expect(folderTexts(folder)).not.toEqual(before);
    await undo(folder);
    expect(folderTexts(folder)).toEqual(before);
    expect(modesOf(folder)).toEqual(modes);
  });

  it("leaves a file that was edited since, and the next run knows it still", async () => {
    const folder = await edited();
    await run(folder, { flags: { edition: "enterprise" } });
    const compose = join(folder, "compose.yaml");
    writeFileSync(compose, readFileSync(compose, "utf8").replace("services:", "services: # mine"));
    const { refused } = await undo(folder);
    expect(refused).toEqual(["compose.yaml"]);
    expect(readFileSync(compose, "utf8")).toContain("services: # mine");
    const { code, out } = await run(folder, { flags: { edition: "enterprise" } });
    expect(code).toBe(0);
    expect(out).not.toContain("compose.yaml  (merged");
    expect(readFileSync(compose, "utf8")).toContain("services: # mine");
  });

  it("is refused where there is nothing to take back, or it was taken back already", async () => {
    const folder = temporaryFolder();
    await expect(undo(folder)).rejects.toThrow(/there is no run to take back/);
    await run(folder);
    await undo(folder);
    await expect(undo(folder)).rejects.toThrow(/there is no run to take back/);
  });

  it("is refused when what the files were is lost", async () => {
    const folder = await edited();
    await run(folder, { flags: { edition: "enterprise" } });
    rmSync(join(folder, ".mattermost-deployment/undo/before"), { recursive: true });
    const before = folderTexts(folder);
    await expect(undo(folder)).rejects.toThrow(/what .* was is lost; nothing was written/);
    expect(folderTexts(folder)).toEqual(before);
  });
});

/** Takes the last run back, as the command does. */
async function undo(folder: string): Promise<ReturnType<typeof planUndo>> {
  const undoing = planUndo(folder, packageVersion());
  await applyChanges(folder, undoing.changes, "is final");
  return undoing;
}

/** A project that its user has worked on: edits, permissions, line endings, a missing file. */
async function edited(): Promise<string> {
  const folder = temporaryFolder();
  await run(folder);
  const readme = join(folder, "README.md");
  writeFileSync(readme, `\uFEFF${readFileSync(readme, "utf8").replaceAll("\n", "\r\n")}`);
  writeFileSync(
    join(folder, "compose.yaml"),
    `${readFileSync(join(folder, "compose.yaml"), "utf8")}# mine`,
  );
  chmodSync(join(folder, "lib/server.sh"), 0o750);
  rmSync(join(folder, ".editorconfig"));
  return folder;
}

function modesOf(folder: string): readonly (readonly [string, number])[] {
  const paths = Object.keys(folderTexts(folder));
  return paths.map((path) => [path, statSync(join(folder, path)).mode & 0o777]);
}
