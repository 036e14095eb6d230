import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { planCreation } from "../../../generators/_core/cli/create/create.ts";
import { packageVersion } from "../../../generators/_core/package-folder.ts";
import { applyChanges } from "../../../generators/_core/plan/apply/apply-plan.ts";
import { planUndo } from "../../../generators/_core/plan/apply/plan-undo.ts";
import { platforms } from "../../../templates/platforms.gen.ts";
import { makeEarlier, makeRenamed } from "../../earlier-release.ts";
import { withFault } from "../../faulty-disk.ts";
import { folderTexts } from "../../folder-tree.ts";
import { bury } from "../../interrupted-run.ts";
import { emptyCall, emptyWorld, run } from "../../run-creation.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const script = "lib/settings.sh";
const lock = ".mattermost-deployment/lock.json";

describe("the lock advances for a file only when it is settled:", () => {
  it.for(["markers", "theirs", "keep"] as const)(
    "not for a read-only one, whatever is asked for (%s)",
    async (onConflict) => {
      const { folder, edit, now, read } = await behind();
      edit(script, (text) => text.replace("# earlier", "# mine"));
      const before = read(script);
      chmodSync(join(folder, script), 0o444);
      expect((await run(folder, { onConflict })).code).toBe(1);
      expect(read(script)).toBe(before);
      chmodSync(join(folder, script), 0o644);
      expect((await run(folder)).code).toBe(1);
      expect((await run(folder, { onConflict: "theirs" })).code).toBe(0);
      expect(read(script)).toBe(now);
    },
  );

  it.for(["keep", "theirs", "markers"] as const)(
    "not for a renamed one whose new place is taken (%s)",
    async (onConflict) => {
      const { folder, edit, now, read } = await behind();
      makeRenamed(folder, script, "lib/former.sh");
      edit("lib/former.sh", (text) => `${text}# mine, at the end\n`);
      writeFileSync(join(folder, script), "taken\n");
      const before = read("lib/former.sh");
      const renaming = { platforms: withFormer(script, "lib/former.sh") };
      const { code, out } = await run(folder, { onConflict }, renaming);
      expect(out).toContain(`its new place ${script} is taken`);
      expect(code).toBe(1);
      expect(read("lib/former.sh")).toBe(before);
      expect(read(script)).toBe("taken\n");
      rmSync(join(folder, script));
      expect((await run(folder, {}, renaming)).code).toBe(0);
      expect(read(script)).toBe(`${now}# mine, at the end\n`);
      expect(existsSync(join(folder, "lib/former.sh"))).toBe(false);
    },
  );

  it("and for a renamed one in conflict when that is settled by hand", async () => {
    const { folder, edit, now, read } = await behind();
    makeRenamed(folder, script, "lib/former.sh");
    edit("lib/former.sh", (text) => text.replace("# earlier", "# mine"));
    const renaming = { platforms: withFormer(script, "lib/former.sh") };
    expect((await run(folder, { onConflict: "markers" }, renaming)).code).toBe(1);
    const place = existsSync(join(folder, script)) ? script : "lib/former.sh";
    expect(read(place)).toContain("<<<<<<< yours\n# mine\n");
    const marked = folderTexts(folder);
    expect((await run(folder, { onConflict: "markers" }, renaming)).code).toBe(1);
    expect(folderTexts(folder)).toEqual(marked);
    edit(place, (text) =>
      text.replace(/<<<<<<< yours\n[^]*?=======\n([^]*?)>>>>>>> new version\n/, "$1"),
    );
    expect((await run(folder, {}, renaming)).code).toBe(0);
    expect(read(script)).toBe(now);
    expect(existsSync(join(folder, "lib/former.sh"))).toBe(false);
  });

  it("not for one that was edited before a run that was killed is completed", async () => {
    for (let at = 0; ; at += 1) {
      const { folder, edit, now, read } = await behind();
      const creation = await planCreation(emptyCall, { ...emptyWorld, cwd: folder });
      const { isReached } = await withFault(at, "dies", () => creation.apply());
      bury(folder);
      if (!isReached) return;
      const isOld = read(script) !== now;
      edit(script, (text) => `${text}# mine, at the end\n`);
      expect((await run(folder)).code).toBe(0);
      expect(read(script), `write ${at}, ${isOld ? "before" : "after"} its own`).toBe(
        `${now}# mine, at the end\n`,
      );
    }
  });

  it("not for one that was put back before a run that was killed is completed", async () => {
    for (let at = 0; ; at += 1) {
      const { folder, edit, now, read } = await behind();
      const old = read(script);
      const creation = await planCreation(emptyCall, { ...emptyWorld, cwd: folder });
      const { isReached } = await withFault(at, "dies", () => creation.apply());
      bury(folder);
      if (!isReached) return;
      // From here on the run is done, and whoever puts the file back means it.
      if (!existsSync(join(folder, ".mattermost-deployment/journal"))) continue;
      edit(script, () => old);
      expect((await run(folder)).code).toBe(0);
      expect(read(script), `write ${at}`).toBe(now);
    }
  });
});

it("is refused when another run has made the project since its state was read", async () => {
  const cwd = temporaryFolder();
  const { code, out } = await run(
    cwd,
    { flags: { platform: "linux" }, defaults: false },
    {
      ask: async (question, context) => {
        if (!existsSync(join(cwd, lock))) await run(cwd, { flags: { platform: "docker" } });
        return question.fallback(context) ?? "";
      },
    },
  );
  expect(out).toContain("was changed while this run was being planned; nothing was written");
  expect(code).toBe(2);
  expect((await run(cwd, {})).code).toBe(0);
  expect(existsSync(join(cwd, "compose.yaml"))).toBe(true);
  expect(existsSync(join(cwd, "release.conf"))).toBe(false);
});

describe("undo", () => {
  it("is refused when the lock is another by now, since nobody would know what is old", async () => {
    const { folder, read } = await behind();
    await run(folder);
    writeFileSync(join(folder, lock), JSON.stringify(JSON.parse(read(lock)), null, 4));
    const before = folderTexts(folder);
    expect(() => planUndo(folder, packageVersion())).toThrow(
      /lock\.json was changed since that run; nothing was written/,
    );
    expect(folderTexts(folder)).toEqual(before);
  });

  it("says that the answers stay, when they were changed since", async () => {
    const { folder, read } = await behind();
    await run(folder, { flags: { edition: "enterprise" } });
    const store: object = JSON.parse(read(".yo-rc.json"));
    writeFileSync(join(folder, ".yo-rc.json"), JSON.stringify({ ...store, other: {} }));
    expect(await undo(folder)).toEqual([".yo-rc.json"]);
  });

  it("keeps what the lock knows of a file that was moved and edited since", async () => {
    const { folder, edit, read } = await behind();
    mkdirSync(join(folder, "shell"));
    renameSync(join(folder, script), join(folder, "shell/own.sh"));
    await run(folder);
    edit("shell/own.sh", (text) => `${text}# mine, at the end\n`);
    const before = read("shell/own.sh");
    expect(await undo(folder)).toEqual(["shell/own.sh"]);
    const { code, out } = await run(folder);
    expect(out).not.toContain("is lost");
    expect(code).toBe(0);
    expect(read("shell/own.sh")).toBe(before);
  });
});

/** A project of an earlier release, whose script said something else in its second line. */
async function behind() {
  const folder = temporaryFolder();
  await run(folder);
  const read = (path: string) => readFileSync(join(folder, path), "utf8");
  const now = read(script);
  makeEarlier(folder, script, (text) => text.split("\n").with(1, "# earlier").join("\n"));
  return {
    folder,
    /** The script as this release writes it. */
    now,
    read,
    edit: (path: string, change: (text: string) => string) =>
      writeFileSync(join(folder, path), change(read(path))),
  };
}

function withFormer(path: string, former: string) {
  return platforms.map((platform) => ({ ...platform, renamedFrom: { [path]: [former] } }));
}

/** Takes the last run back, as the command does; returns what stays. */
async function undo(folder: string): Promise<readonly string[]> {
  const { changes, refused } = planUndo(folder, packageVersion());
  await applyChanges(folder, changes, "is final");
  return refused;
}
