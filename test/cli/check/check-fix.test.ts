import { spawnSync } from "node:child_process";
import { readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { check, checkJson, emittedFolder } from "../../checked-project.ts";
import { folderTree } from "../../folder-tree.ts";

const registered = { platform: "docker", tier: "registered", upgrade: false };

describe("check --fix", () => {
  const commitment = /^We highly recommend users subscribe.*\n/m;

  it("writes what is missing, audits again, and leaves nothing else behind", async () => {
    const cwd = await emittedFolder(registered);
    const before = readme(cwd);
    writeFileSync(join(cwd, "README.md"), before.replace(commitment, ""));
    const others = Object.keys(folderTree(cwd));
    expect((await checkJson(["--require", "registered"], cwd)).code).toBe(1);
    const { code, out, error } = await check(["--fix", "--require", "registered"], cwd);
    expect(code).toBe(0);
    expect(out).toMatch(/^Registered /);
    expect(error).toContain("fixed: security-commitment in README.md");
    expect(readme(cwd)).toMatch(commitment);
    expect(Object.keys(folderTree(cwd))).toEqual(others);
  });

  it("prints a patch that git takes, and writes nothing, in a dry run", async () => {
    const cwd = await emittedFolder(registered);
    writeFileSync(join(cwd, "README.md"), readme(cwd).replace(commitment, ""));
    const before = folderTree(cwd);
    const { code, out } = await check(["--fix", "--dry-run", "--require", "registered"], cwd);
    expect(code).toBe(1);
    expect(folderTree(cwd)).toEqual(before);
    const git = spawnSync("git", ["apply", "-"], { cwd, input: `${out}\n`, encoding: "utf8" });
    expect(git.stderr).toBe("");
    expect((await checkJson([], cwd)).report.tier).toBe("registered");
  });

  it("says what it cannot fix", async () => {
    const cwd = await emittedFolder(registered);
    const { code, error } = await check(["--fix", "--require", "certified"], cwd);
    expect(code).toBe(1);
    expect(error).toContain("not fixed: upgrade-command: no sentence makes it true");
  });

  it("writes through no link", async () => {
    const cwd = await emittedFolder(registered);
    const text = readme(cwd).replace(commitment, "");
    renameSync(join(cwd, "README.md"), join(cwd, "other.md"));
    writeFileSync(join(cwd, "other.md"), text);
    symlinkSync("other.md", join(cwd, "README.md"));
    const { code, error } = await check(["--fix", "--require", "registered"], cwd);
    expect([code, error]).toEqual([2, expect.stringMatching(/README\.md .*symbolic link/)]);
    expect(readFileSync(join(cwd, "other.md"), "utf8")).toBe(text);
  });
});

function readme(folder: string): string {
  return readFileSync(join(folder, "README.md"), "utf8");
}
