import { existsSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { AskConflict } from "../../../generators/_core/cli/create/create-call.ts";
import type { Decision } from "../../../generators/_core/plan/merge/settle-pieces.ts";
import { makeEarlier } from "../../earlier-release.ts";
import { disputed, script } from "../../disputed-project.ts";
import { folderTexts, folderTree } from "../../folder-tree.ts";
import { refused, run } from "../../run-creation.ts";

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
