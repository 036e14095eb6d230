import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { undoCommand } from "../../../generators/_core/cli/undo/undo-command.ts";
import { folderTexts, folderTree } from "../../folder-tree.ts";
import { run } from "../../run-creation.ts";
import { runWords } from "../../run-words.ts";
import { schemaProblems } from "../../schema-problems.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

describe("mattermost-deployment undo", () => {
  it("shows first, then takes back, and only once", async () => {
    const { folder, before } = await updated();
    const tree = folderTree(folder);
    const shown = await undo(folder, "--dry-run");
    expect(shown.out).toContain("restore  compose.yaml");
    expect(shown.out).toContain("remove   bin/upgrade");
    expect(shown.out).toContain("Nothing was written: this was a dry run.");
    expect(shown.code).toBe(0);
    expect(folderTree(folder)).toEqual(tree);
    expect((await undo(folder)).out).toBe(shown.out.replace(/\nNothing was written.*/, ""));
    expect(folderTexts(folder)).toEqual(before);
    expect(await undo(folder)).toMatchObject({
      code: 2,
      error: expect.stringMatching(/there is no run to take back/),
    });
  });

  it("tells a machine the same", async () => {
    const { folder } = await updated();
    writeFileSync(join(folder, "compose.yaml"), "mine\n");
    const { code, out } = await undo(folder, "--json");
    expect(schemaProblems("undo", JSON.parse(out))).toEqual([]);
    expect(JSON.parse(out)).toMatchObject({
      schemaVersion: 1,
      directory: folder,
      dryRun: false,
      exitCode: 1,
      files: expect.arrayContaining([{ path: "bin/upgrade", action: "remove" }]),
      refused: ["compose.yaml"],
    });
    expect(code).toBe(1);
    const again = await undo(folder, "--json");
    expect(again.code).toBe(2);
    expect(schemaProblems("undo", JSON.parse(again.out))).toEqual([]);
    expect(readFileSync(join(folder, "compose.yaml"), "utf8")).toBe("mine\n");
  });

  it("gives back permissions, endings, marks and the user's files in new folders", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "bin"));
    writeFileSync(join(folder, "bin/mine"), "\uFEFFa\r\nb");
    chmodSync(join(folder, "bin/mine"), 0o640);
    await run(folder);
    await undo(folder);
    expect(folderTexts(folder)).toEqual({ "bin/mine": "\uFEFFa\r\nb" });
    expect(statSync(join(folder, "bin/mine")).mode & 0o777).toBe(0o640);
  });

  it.for([
    [["--dry"], /--dry: found an option that does not exist; did you mean --dry-run\?/],
    [["a", "b"], /found 2 folders \(a, b\), expected one/],
    [["--json=yes"], /--json: found a value, expected none/],
  ] as const)("refuses %j", async ([words, message]) => {
    expect(await undo(...words)).toMatchObject({
      code: 2,
      error: expect.stringMatching(message),
    });
  });
});

/** A project that an update gave more files, and what it was before that. */
async function updated() {
  const folder = temporaryFolder();
  await run(folder, { flags: { tier: "community", upgrade: false } });
  const before = folderTexts(folder);
  await run(folder, { flags: { tier: "certified", upgrade: true, edition: "enterprise" } });
  return { folder, before };
}

function undo(...words: readonly string[]) {
  return runWords(undoCommand, words, { cwd: "/" });
}
