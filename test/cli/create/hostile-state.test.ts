import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { undoCommand } from "../../../generators/_core/cli/undo/undo-command.ts";
import { folderTexts, folderTree } from "../../folder-tree.ts";
import { refused, run } from "../../run-creation.ts";
import { runWords } from "../../run-words.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const state = ".mattermost-deployment";

describe("a folder that stands elsewhere in place of the state", () => {
  it.for(["journal", "undo"])("loses no %s of its own", async (name) => {
    const [cwd, outside] = [temporaryFolder(), temporaryFolder()];
    mkdirSync(join(outside, name));
    writeFileSync(join(outside, name, "diary.txt"), "mine\n");
    symlinkSync(outside, join(cwd, state));
    const before = folderTree(outside);
    await refused(cwd, {}, /\.mattermost-deployment is a symbolic link/);
    await refused(cwd, { apply: savedPlan() }, /\.mattermost-deployment is a symbolic link/);
    expect(await undo(cwd)).toMatch(/\.mattermost-deployment is a symbolic link/);
    expect(folderTree(outside)).toEqual(before);
  });

  it("is refused when it is a file", async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, state), "mine\n");
    await refused(cwd, {}, /\.mattermost-deployment is not a folder/);
  });
});

describe("what says that a run is at work", () => {
  it.for([
    ["a folder", (path: string): void => mkdirSync(path)],
    ["a link to a device without end", (path: string): void => symlinkSync("/dev/zero", path)],
  ] as const)("is refused when it is %s", async ([, make]) => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, state));
    make(join(cwd, state, "running"));
    const { code, out } = await run(cwd);
    expect(out).toMatch(/running is not a file; nothing was written/);
    expect(code).toBe(2);
    expect(folderTexts(cwd)).not.toHaveProperty(["README.md"]);
  });
});

describe("a record of a run that came with the repository", () => {
  const inside = { path: "README.md", before: null, after: mark("hostile\n") };

  it.for([
    ["is no JSON", "{"],
    ["is a list", "[]"],
    ["leads outside", record({ ...inside, path: "../outside.txt" })],
    ["leads into git", record({ ...inside, path: ".git/hooks/pre-commit" })],
    ["names its own folder", record({ ...inside, path: `${state}/undo/forward.json` })],
    ["sets more than permissions", record({ ...inside, after: mark("x", 0o4755) })],
  ] as const)("is refused when it %s", async ([, text]) => {
    const cwd = temporaryFolder();
    const [journal, taken] = [join(cwd, state, "journal"), join(cwd, state, "undo")];
    mkdirSync(journal, { recursive: true });
    writeFileSync(join(journal, "forward.json"), text);
    await refused(cwd, {}, /journal\/forward\.json cannot be read/);
    renameSync(journal, taken);
    const before = folderTree(cwd);
    expect(await undo(cwd)).toMatch(/undo\/forward\.json cannot be read/);
    expect(folderTree(cwd)).toEqual(before);
  });

  it("moves nothing in from behind a link", async () => {
    const [cwd, outside] = [temporaryFolder(), temporaryFolder()];
    writeFileSync(join(outside, "0"), "hostile\n");
    mkdirSync(join(cwd, state, "journal"), { recursive: true });
    writeFileSync(join(cwd, state, "journal/forward.json"), record(inside));
    symlinkSync(outside, join(cwd, state, "journal/after"));
    const { out } = await run(cwd);
    expect(folderTexts(outside)).toEqual({ "0": "hostile\n" });
    expect(folderTexts(cwd)["README.md"]).not.toContain("hostile");
    expect(out).toContain("README.md");
  });
});

describe("a file of the state that is too large to be one", () => {
  it.for([".yo-rc.json", `${state}/lock.json`, `${state}/config.yaml`])("%s", async (path) => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, state));
    writeFileSync(join(cwd, path), "");
    truncateSync(join(cwd, path), 3_000_000_000);
    const { code, out } = await run(cwd);
    expect(out).toMatch(/cannot be read \(it is larger than \d+ MB\); nothing was written/);
    expect(code).toBe(2);
  });

  it("stays, and is a conflict, where it is one of the user's", async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "README.md"), "");
    truncateSync(join(cwd, "README.md"), 600_000_000);
    const { code, out } = await run(cwd);
    expect(out).toMatch(/conflict README\.md {2}\(it is larger than \d+ MB\)/);
    expect(code).toBe(1);
  });
});

describe("a lock that names", () => {
  it("a file of the user's as the place of two of ours is refused", async () => {
    const cwd = await project();
    writeFileSync(join(cwd, "mine.txt"), "mine\n");
    editLock(cwd, (files) => {
      for (const path of ["bin/up", "bin/logs"])
        Object.assign(files[path] ?? {}, { at: "mine.txt" });
    });
    await refused(cwd, {}, /lock\.json cannot be read .*mine\.txt/);
  });

  it("what every object has, changes no object", async () => {
    const cwd = await project();
    const path = join(cwd, state, "lock.json");
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace('"files": {', '"files": {"__proto__": {"a": 1},'));
    expect((await run(cwd)).code).toBe(0);
    expect(Object.prototype).not.toHaveProperty("a");
    expect(readFileSync(path, "utf8")).toBe(text);
  });
});

describe(".mattermost-deployment/config.yaml", () => {
  it.for([
    ["a key that there is not", "owner: {}\n", /owner/],
    ["a list", "[]\n", /found a list/],
    ["a list of owners", "ownership: [once]\n", /ownership: found a list/],
    ["nothing under ownership", "ownership:\n", /ownership/],
    ["an owner that there is not", "ownership: {README.md: mine}\n", /expected one of merged/],
    ["a path outside", "ownership: {../README.md: once}\n", /\.\.\/README\.md.*expected the path/],
    ["a pattern", "ownership: {bin/*: once}\n", /bin\/\*.*expected the path/],
    ["an alias", "a: &a {}\nownership: *a\n", /is not YAML/],
    ["no YAML", "ownership: {\n", /is not YAML/],
  ] as const)("that holds %s is refused", async ([, text, message]) => {
    const cwd = await project();
    writeFileSync(join(cwd, state, "config.yaml"), text);
    await refused(cwd, {}, message);
  });

  it.for(["", "# nothing yet\n", "ownership: {}\n"])("may hold %j", async (text) => {
    const cwd = await project();
    writeFileSync(join(cwd, state, "config.yaml"), text);
    expect((await run(cwd)).code).toBe(0);
  });

  it("is told of a path that is no file of the project", async () => {
    const cwd = await project();
    writeFileSync(join(cwd, state, "config.yaml"), "ownership: {READEM.md: once}\n");
    const { out } = await run(cwd);
    expect(out).toContain("READEM.md is no file of this project; did you mean README.md?");
  });

  it("takes a file out of all later runs, whatever stands there", async () => {
    const cwd = await project();
    const config = "ownership: {compose.yaml: once, bin/upgrade: once, bin/up: once}\n";
    writeFileSync(join(cwd, state, "config.yaml"), config);
    rmSync(join(cwd, "bin/up"));
    symlinkSync("logs", join(cwd, "bin/up"));
    const before = folderTree(cwd);
    const flags = { edition: "enterprise", tier: "community", upgrade: false };
    const { code, out } = await run(cwd, { flags });
    expect(out).toContain("keep     bin/upgrade  (no longer part of these answers, but yours)");
    expect(code).toBe(0);
    const after = folderTree(cwd);
    for (const path of ["compose.yaml", "bin/upgrade", "bin/up"])
      expect(after[path], path).toBe(before[path]);
  });
});

async function project(): Promise<string> {
  const folder = temporaryFolder();
  await run(folder);
  return folder;
}

function editLock(cwd: string, edit: (files: Record<string, object>) => void): void {
  const path = join(cwd, state, "lock.json");
  const lock: { files: Record<string, object> } = JSON.parse(readFileSync(path, "utf8"));
  edit(lock.files);
  writeFileSync(path, JSON.stringify(lock));
}

/** A plan that changes one file, saved outside the project. */
function savedPlan(): string {
  const path = join(temporaryFolder(), "plan.json");
  const change = { path: "README.md", before: null, after: { text: "x\n", mode: 0o644 } };
  writeFileSync(
    path,
    JSON.stringify({ schemaVersion: 1, generator: "0.1.0", conflicts: [], changes: [change] }),
  );
  return path;
}

function record(change: object): string {
  return JSON.stringify({ schemaVersion: 1, changes: [change] });
}

function mark(text: string, mode = 0o644): object {
  return { sha256: createHash("sha256").update(text).digest("hex"), mode };
}

/** Takes the last run back, as the command does. */
/** What is said when the last run is to be taken back. */
async function undo(folder: string): Promise<string> {
  return (await runWords(undoCommand, [folder], { cwd: "/" })).error;
}
