import {
  accessSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { AskConflict } from "../../../generators/_core/cli/create/create-call.ts";
import type { Decision } from "../../../generators/_core/plan/merge/settle-pieces.ts";
import { makeEarlier } from "../../earlier-release.ts";
import { folderTexts, folderTree } from "../../folder-tree.ts";
import { refused, run } from "../../run-creation.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const script = "lib/settings.sh";

describe("--on-conflict", () => {
  it("keep leaves the file and the conflict", async () => {
    const { folder, read } = await disputed();
    const before = read(script);
    for (let times = 0; times < 2; times += 1) {
      const { code, out } = await run(folder, { onConflict: "keep" });
      expect(out).toContain("1 file is in conflict");
      expect(out).toContain("--settled PATH");
      expect(code).toBe(1);
      expect(read(script)).toBe(before);
    }
  });

  it("theirs takes the new version, and can be taken back", async () => {
    const { folder, now, read } = await disputed();
    const { code, out } = await run(folder, { onConflict: "theirs" });
    expect(out).toContain(`update   ${script}  (settled as you decided)`);
    expect(code).toBe(0);
    expect(read(script)).toBe(now);
    await unchanged(folder);
  });

  it("markers stay a conflict until they are gone, whatever else is asked for", async () => {
    const { folder, edit, read } = await disputed();
    const first = await run(folder, { onConflict: "markers" });
    expect(first.code).toBe(1);
    expect(first.out).toContain(`Choose between the markers in ${script}`);
    expect(first.out).not.toContain("Settle it with");
    const marked = read(script);
    expect(marked).toContain("<<<<<<< yours\n# mine\n=======\n");
    for (const onConflict of ["markers", "theirs", "keep", undefined] as const) {
      const { code, out } = await run(folder, { onConflict });
      expect(out).toContain("both versions stand in it, between markers");
      expect(out).toContain(`Choose between the markers in ${script}`);
      expect(code).toBe(1);
      expect(read(script)).toBe(marked);
    }
    edit(script, (text) => text.replace(/^(<<<<<<<|=======|>>>>>>>).*\n/gm, ""));
    expect((await run(folder)).code).toBe(0);
    expect(read(script)).toContain("# mine\n");
    await unchanged(folder);
  });

  it("fail writes nothing at all, and does not call it a dry run", async () => {
    const { folder } = await disputed();
    makeEarlier(folder, "lib/health.sh", (text) => `${text}# earlier\n`);
    const before = folderTree(folder);
    const { code, out } = await run(folder, { onConflict: "fail" });
    expect(code).toBe(1);
    expect(out).toContain("Nothing was written, since that is what --on-conflict fail says.");
    expect(folderTree(folder)).toEqual(before);
  });

  it("fail writes what is new where there is no conflict", async () => {
    const { folder } = await disputed();
    await run(folder, { onConflict: "theirs" });
    expect((await run(folder, { onConflict: "fail", flags: { edition: "enterprise" } })).code).toBe(
      0,
    );
  });
});

describe("a person who is asked", () => {
  it.for([
    ["mine", 0, "# mine"],
    ["theirs", 0, undefined],
    ["markers", 1, "<<<<<<< yours"],
    ["later", 1, "# mine"],
  ] as const)("may say %s", async ([decision, code, words]) => {
    const { folder, now, read } = await disputed();
    const ask = asking([decision]);
    expect((await run(folder, {}, { askConflict: ask.askConflict })).code).toBe(code);
    expect(ask.asked).toEqual([`${script} 1/1`]);
    if (words === undefined) expect(read(script)).toBe(now);
    else expect(read(script)).toContain(words);
  });

  it("is asked about each place, and each answer counts", async () => {
    const { folder, edit, read, now } = await disputed();
    edit(script, (text) => text.replace(/\n# last\n$/, "\n# last, mine\n"));
    const ask = asking(["mine", "theirs"]);
    expect((await run(folder, {}, { askConflict: ask.askConflict })).code).toBe(0);
    expect(ask.asked).toEqual([`${script} 1/2`, `${script} 2/2`]);
    expect(read(script)).toBe(now.split("\n").with(1, "# mine").join("\n"));
  });

  it("loses no answer when one of them is later: the file waits as it was", async () => {
    const { folder, edit, read } = await disputed();
    edit(script, (text) => text.replace(/\n# last\n$/, "\n# last, mine\n"));
    const before = read(script);
    const { code } = await run(
      folder,
      {},
      { askConflict: asking(["theirs", "later"]).askConflict },
    );
    expect(code).toBe(1);
    expect(read(script)).toBe(before);
  });

  it("gets markers in a README only when nothing in it waits", async () => {
    const { folder, edit, read } = await disputed();
    await run(folder, { onConflict: "theirs" });
    makeEarlier(folder, "README.md", (text) =>
      text.replace("not affiliated", "in no way affiliated").replace("newest first", "oldest last"),
    );
    edit("README.md", (text) =>
      text.replace("in no way affiliated", "unaffiliated").replace("oldest last", "by date"),
    );
    const before = read("README.md");
    const ask = asking(["markers", "later"]);
    expect((await run(folder, {}, { askConflict: ask.askConflict })).code).toBe(1);
    expect(read("README.md")).toBe(before);
    expect(
      (await run(folder, {}, { askConflict: asking(["markers", "markers"]).askConflict })).code,
    ).toBe(1);
    expect(read("README.md").split("<<<<<<< yours")).toHaveLength(3);
    edit("README.md", (text) => text.replace(/^(<<<<<<<|=======|>>>>>>>).*\n/gm, ""));
    expect((await run(folder)).code).toBe(0);
  });

  it("is asked nothing that a flag has answered, nor where nothing can be decided", async () => {
    const { folder } = await disputed();
    const ask = asking([]);
    await run(folder, { onConflict: "keep" }, { askConflict: ask.askConflict });
    rmSync(join(folder, script));
    symlinkSync("server.sh", join(folder, script));
    await run(folder, {}, { askConflict: ask.askConflict });
    expect(ask.asked).toEqual([]);
  });
});

describe("--restore and --settled", () => {
  it("take patterns, and say when one matches nothing", async () => {
    const { folder, now } = await disputed();
    for (const path of ["bin/up", "bin/logs", ".editorconfig"]) rmSync(join(folder, path));
    await refused(
      folder,
      { restore: ["bin/nothing"] },
      /found no deleted file .*bin\/logs, bin\/up/,
    );
    await refused(folder, { settled: ["lib/none.sh"] }, /found no file in conflict/);
    expect((await run(folder, { restore: ["bin/*"], settled: ["lib/**"] })).code).toBe(0);
    expect(Object.keys(folderTexts(folder))).toEqual(
      expect.arrayContaining(["bin/up", "bin/logs"]),
    );
    expect(existsSync(join(folder, ".editorconfig"))).toBe(false);
    expect(now).not.toBe("");
    await unchanged(folder);
  });
});

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

/** A project in which both sides changed the second line of a script, and the new version its last. */
async function disputed() {
  const folder = temporaryFolder();
  await run(folder);
  const read = (path: string) => readFileSync(join(folder, path), "utf8");
  const edit = (path: string, change: (text: string) => string) =>
    writeFileSync(join(folder, path), change(read(path)));
  const now = read(script);
  makeEarlier(
    folder,
    script,
    (text) => `${text.split("\n").with(1, "# earlier").join("\n")}# last\n`,
  );
  edit(script, (text) => text.replace("# earlier", "# mine"));
  return { folder, now, read, edit };
}

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

/** A person who says these words one after the other. */
function asking(decisions: readonly Decision[]) {
  const asked: string[] = [];
  const rest = decisions.values();
  const askConflict: AskConflict = async (path, _, { index, count }) => {
    asked.push(`${path} ${index + 1}/${count}`);
    const { value } = rest.next();
    if (value === undefined) throw new Error("nobody expected this question");
    return value;
  };
  return { asked, askConflict };
}

function git(cwd: string, ...args: readonly string[]): string {
  const person = ["-c", "user.name=Example Org", "-c", "user.email=x@example.org"];
  return execFileSync("git", [...person, ...args], { cwd, stdio: "pipe" }).toString();
}
