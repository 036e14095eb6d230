import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { platforms } from "../../../templates/platforms.gen.ts";
import { makeEarlier, makeRenamed } from "../../earlier-release.ts";
import { folderTexts } from "../../folder-tree.ts";
import { run } from "../../run-creation.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const script = "lib/server.sh";
const former = "lib/former.sh";
const renaming = platforms.map((platform) => ({
  ...platform,
  renamedFrom: { [script]: [former] },
}));

describe("a file that was moved is followed", () => {
  it.for([
    "Skripte für uns/größer.sh",
    "脚本/服务器.sh",
    "скрипты/сервер.sh",
    "e\u0301tape/serveur.sh",
    "Bob's scripts (old), v2!/server #1 [copy].sh",
    "🚀/launch.sh",
  ])("to %s", async (place) => {
    const { folder, now, read } = await project();
    makeEarlier(folder, script, (text) => text.replace("\n", "\n# earlier\n"));
    move(folder, script, place);
    const { code, out } = await run(folder);
    expect(out).toContain(`update   ${place}  (brought up to date)`);
    expect(code).toBe(0);
    expect(read(place)).toBe(now);
    expect(existsSync(join(folder, script))).toBe(false);
    const again = folderTexts(folder);
    expect((await run(folder)).code).toBe(0);
    expect(folderTexts(folder)).toEqual(again);
  });

  it.for([
    ["somewhere else", "eigene/größer.sh"],
    ["to where it is now", script],
  ] as const)("whose template was renamed: %s", async ([, place]) => {
    const { folder, now, read } = await renamedProject();
    move(folder, former, place);
    writeFileSync(join(folder, place), `${read(place)}# mine\n`);
    const { code, out } = await run(folder, {}, { platforms: renaming });
    expect(out).toContain(`update   ${place}  (merged with what you changed)`);
    expect(out).not.toContain("deleted by you");
    expect(code).toBe(0);
    expect(read(place)).toBe(`${now}# mine\n`);
    expect(existsSync(join(folder, former))).toBe(false);
    const again = folderTexts(folder);
    expect((await run(folder, {}, { platforms: renaming })).code).toBe(0);
    expect(folderTexts(folder)).toEqual(again);
  });

  it.for([
    ["somewhere else", "eigene/größer.sh"],
    ["to where it is now", script],
  ] as const)("into a conflict and out of it: %s", async ([, place]) => {
    const { folder, read } = await renamedProject();
    move(folder, former, place);
    writeFileSync(join(folder, place), read(place).replace("# earlier", "# mine"));
    const mine = read(place);
    for (const onConflict of [undefined, "keep"] as const) {
      const { code, out } = await run(folder, { onConflict }, { platforms: renaming });
      expect(out).toContain(`conflict ${place}`);
      expect(code).toBe(1);
      expect(read(place)).toBe(mine);
    }
    await run(folder, { onConflict: "theirs" }, { platforms: renaming });
    expect(read(place)).not.toContain("# mine");
    const { code } = await run(folder, {}, { platforms: renaming });
    expect(code).toBe(0);
  });

  it("but not where something else stands at its new place", async () => {
    const { folder, read } = await renamedProject();
    renameSync(join(folder, former), join(temporaryFolder(), "away"));
    writeFileSync(join(folder, script), "mine\n");
    await run(folder, {}, { platforms: renaming });
    expect(read(script)).toBe("mine\n");
  });
});

async function project() {
  const folder = temporaryFolder();
  await run(folder);
  const read = (path: string) => readFileSync(join(folder, path), "utf8");
  return { folder, read, now: read(script) };
}

/** One that was made when a template had another name and another second line. */
async function renamedProject() {
  const made = await project();
  makeEarlier(made.folder, script, (text) => text.replace("\n", "\n# earlier\n"));
  makeRenamed(made.folder, script, former);
  return made;
}

function move(folder: string, from: string, to: string): void {
  mkdirSync(dirname(join(folder, to)), { recursive: true });
  renameSync(join(folder, from), join(folder, to));
}
