import {
  accessSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeEarlier } from "../../earlier-release.ts";
import { disputed, script } from "../../disputed-project.ts";
import { folderTexts, folderTree } from "../../folder-tree.ts";
import { run } from "../../run-creation.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

describe("what stands in the way", () => {
  it("a file where a folder is needed, and the reverse, stays and is a conflict", async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "bin"), "mine\n");
    mkdirSync(join(cwd, "compose.yaml"));
    writeFileSync(join(cwd, "compose.yaml/mine.txt"), "mine\n");
    const { code, out } = await run(cwd);
    expect(out).toContain("conflict bin/up  (bin is not a folder)");
    expect(out).toContain("conflict compose.yaml  (it is not a file)");
    expect(out).not.toContain("Settle it with");
    expect(code).toBe(1);
    expect(folderTexts(cwd)).toMatchObject({ bin: "mine\n", "compose.yaml/mine.txt": "mine\n" });
    expect((await run(cwd)).code).toBe(1);
    rmSync(join(cwd, "bin"));
    rmSync(join(cwd, "compose.yaml"), { recursive: true });
    expect((await run(cwd)).code).toBe(0);
    await unchanged(cwd);
  });

  it("bytes that are no text stay, and are a conflict", async () => {
    const { folder } = await disputed();
    for (const bytes of [Buffer.from([0, 1, 2]), Buffer.from([0xff, 0xfe, 0x41])]) {
      writeFileSync(join(folder, script), bytes);
      expect((await run(folder, { onConflict: "theirs" })).code).toBe(1);
      expect(readFileSync(join(folder, script))).toEqual(bytes);
    }
  });
});

describe("a project", () => {
  it("stays what it is in a folder with spaces, Unicode and words of the shell", async () => {
    const folder = join(temporaryFolder(), "Mein Projekt – 部署 $(x) '");
    mkdirSync(folder);
    await run(folder);
    makeEarlier(folder, script, (text) => text.split("\n").with(1, "# earlier").join("\n"));
    expect((await run(folder)).code).toBe(0);
    await unchanged(folder);
  });

  it("is updated in a work tree of git that is dirty, and git's files are left alone", async () => {
    const [main, folder] = [temporaryFolder(), join(temporaryFolder(), "tree")];
    await run(main);
    git(main, "init", "--quiet");
    git(main, "add", "--all");
    git(main, "commit", "--quiet", "--message", "start");
    git(main, "worktree", "add", "--quiet", folder);
    expect(git(folder, "status", "--porcelain")).toBe("");
    expect((await run(folder)).code).toBe(0);
    expect(git(folder, "status", "--porcelain")).toBe("");
    writeFileSync(join(folder, "compose.yaml"), "mine\n");
    const pointer = readFileSync(join(folder, ".git"), "utf8");
    expect((await run(folder, { flags: { edition: "enterprise" } })).code).toBe(1);
    expect(readFileSync(join(folder, ".git"), "utf8")).toBe(pointer);
    expect(git(folder, "status", "--porcelain")).not.toContain(".mattermost-deployment/undo");
    expect(git(main, "status", "--porcelain")).toBe("");
  });

  it("leaves 1,000 files of its user's alone, and follows one of its own among them", async () => {
    const { folder } = await disputed();
    await run(folder, { onConflict: "theirs" });
    writeOwn(folder, 1000);
    renameSync(join(folder, "lib/health.sh"), join(folder, "own/health.sh"));
    const before = folderTree(join(folder, "own"));
    expect((await run(folder)).out).toContain("you moved it to own/health.sh");
    expect(folderTree(join(folder, "own"))).toEqual(before);
  });

  it("keeps mixed line endings in a file of which only those were changed", async () => {
    const { folder, now, edit, read } = await disputed();
    await run(folder, { onConflict: "theirs" });
    makeEarlier(folder, script, (text) => text.split("\n").with(1, "# earlier").join("\n"));
    edit(script, (text) => text.replace("\n", "\r\n"));
    expect((await run(folder)).code).toBe(0);
    expect(read(script)).toBe(now.replace("\n", "\r\n"));
  });

  it("whose state git turned into CRLF is not written anew", async () => {
    const { folder } = await disputed();
    await run(folder, { onConflict: "theirs" });
    for (const [path, text] of Object.entries(folderTexts(folder)))
      if (!path.includes("/journal"))
        writeFileSync(join(folder, path), text.replaceAll("\n", "\r\n"));
    await unchanged(folder);
  });

  it("keeps what its user wrote into the ignore file of the state", async () => {
    const { folder, edit, read } = await disputed();
    const ignore = ".mattermost-deployment/.gitignore";
    edit(ignore, () => "/notes\n/undo/");
    await run(folder, { onConflict: "theirs" });
    expect(read(ignore)).toBe("/notes\n/undo/\n/journal/\n/running\n");
  });

  it("keeps a read-only file that there is nothing new for", async () => {
    const { folder } = await disputed();
    await run(folder, { onConflict: "theirs" });
    chmodSync(join(folder, script), 0o444);
    await unchanged(folder);
    expect(statSync(join(folder, script)).mode & 0o777).toBe(0o444);
    accessSync(join(folder, script));
  });
});

/** Writes files that are the user's, in folders beneath `own`. */
function writeOwn(folder: string, count: number): void {
  for (let index = 0; index < count; index += 1) {
    const path = join(folder, `own/${index % 100}`);
    if (index < 100) mkdirSync(path, { recursive: true });
    writeFileSync(join(path, `${index}.txt`), `file ${index}\n`);
  }
}

/** Sees that another run, dry or not, has nothing to do. */
async function unchanged(folder: string): Promise<void> {
  const before = folderTree(folder);
  expect((await run(folder, { dryRun: true })).code).toBe(0);
  expect((await run(folder)).code).toBe(0);
  expect(folderTree(folder)).toEqual(before);
}

function git(cwd: string, ...args: readonly string[]): string {
  const person = ["-c", "user.name=Example Org", "-c", "user.email=x@example.org"];
  return execFileSync("git", [...person, ...args], { cwd, stdio: "pipe" }).toString();
}
