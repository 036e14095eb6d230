import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { platforms } from "../../../templates/platforms.gen.ts";
import { makeEarlier, makeRenamed } from "../../earlier-release.ts";
import { folderTexts } from "../../folder-tree.ts";
import { run } from "../../run-creation.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

/** A script whose lines all differ, so that every edit has one place. */
const script = "lib/settings.sh";
const link = "https://docs.mattermost.com/administration-guide/configure/smtp-email.html";
const oldLink = "https://docs.mattermost.com/configure/smtp-email.html";

describe.for([
  ["LF", "\n"],
  ["CRLF", "\r\n"],
] as const)("in a checkout with %s", ([, ending]) => {
  it("S1 merges edits that are far from each other", async () => {
    const { now, makeScriptEarlier, update, edit, read } = await project(ending);
    makeScriptEarlier();
    edit(script, (text) => `${text}\n# mine, at the end`);
    const { code, out } = await update();
    expect(out).toContain(`update   ${script}  (merged with what you changed)`);
    expect(code).toBe(0);
    expect(read(script)).toBe(`${now(script)}\n# mine, at the end`);
  });

  it("S2 keeps a line that both sides changed, and says so until it is settled", async () => {
    const { makeScriptEarlier, update, edit, read } = await project(ending);
    makeScriptEarlier();
    edit(script, (text) => text.replace("earlier", "mine"));
    const before = read(script);
    const { code, out } = await update();
    expect(out).toContain(`conflict ${script}  (edited by you, and changed in the new version)`);
    expect(out).toMatch(/\[-.*mine.*-\]|- .*mine/);
    expect(code).toBe(1);
    expect(read(script)).toBe(before);
    expect((await update()).code).toBe(1);
    expect((await update({ settled: [script] })).code).toBe(0);
    expect(read(script)).toBe(before);
    expect((await update()).code).toBe(0);
  });

  it("S3 takes changes of neighbouring lines for a conflict", async () => {
    const { makeScriptEarlier, update, edit, read } = await project(ending);
    makeScriptEarlier();
    edit(script, (text) => changeLine(text, 2, "# mine"));
    const before = read(script);
    expect((await update()).code).toBe(1);
    expect(read(script)).toBe(before);
  });

  it("S3b merges changes two lines apart", async () => {
    const { now, makeScriptEarlier, update, edit, read } = await project(ending);
    makeScriptEarlier();
    edit(script, (text) => changeLine(text, 3, "# mine"));
    expect((await update()).code).toBe(0);
    expect(read(script)).toBe(changeLine(now(script), 3, "# mine"));
  });

  it("S4 leaves deleted what was deleted, and says so; it comes back on demand", async () => {
    const { folder, now, makeScriptEarlier, update } = await project(ending);
    makeScriptEarlier();
    rmSync(join(folder, script));
    const { code, out } = await update();
    expect(out).toContain(`keep     ${script}  (deleted by you; stays deleted)`);
    expect(code).toBe(0);
    expect(existsSync(join(folder, script))).toBe(false);
    expect((await update({ restore: ["lib/*.sh"] })).out).toContain(
      `create   ${script}  (brought back)`,
    );
    expect(readFileSync(join(folder, script), "utf8")).toBe(now(script));
    expect((await update({ restore: ["nothing/**"] })).out).toContain("found no deleted file");
  });

  it("S5 follows a file that was renamed and edited", async () => {
    const { folder, now, makeScriptEarlier, update, edit, read } = await project(ending);
    makeScriptEarlier();
    edit(script, (text) => `${text}\n# mine, at the end`);
    mkdirSync(join(folder, "shell"));
    renameSync(join(folder, script), join(folder, "shell/own.sh"));
    const { code, out } = await update();
    expect(out).toContain("update   shell/own.sh  (merged with what you changed)");
    expect(code).toBe(0);
    expect(read("shell/own.sh")).toBe(`${now(script)}\n# mine, at the end`);
    expect(existsSync(join(folder, script))).toBe(false);
    const again = folderTexts(folder);
    expect((await update()).code).toBe(0);
    expect(folderTexts(folder)).toEqual(again);
  });

  it("S6 takes edits along when a template was renamed", async () => {
    const { folder, now, update, edit, read } = await project(ending);
    makeRenamed(folder, script, "lib/former.sh");
    edit("lib/former.sh", (text) => `${text}\n# mine, at the end`);
    const renaming = platforms.map((platform) => ({
      ...platform,
      renamedFrom: { [script]: ["lib/former.sh"] },
    }));
    const { code, out } = await update({}, { platforms: renaming });
    expect(out).toContain(`rename   ${script}  (renamed from lib/former.sh)`);
    expect(code).toBe(0);
    expect(read(script)).toBe(`${now(script)}\n# mine, at the end`);
    expect(existsSync(join(folder, "lib/former.sh"))).toBe(false);
    expect((await update({}, { platforms: renaming })).code).toBe(0);
  });

  it("S7 keeps an edited file that is no longer emitted, and reports it", async () => {
    const { folder, update, edit, read } = await project(ending);
    edit("bin/upgrade", (text) => `${text}\n# mine`);
    const { code, out } = await update({ flags: { tier: "community", upgrade: false } });
    expect(out).toContain(
      "keep     bin/upgrade  (no longer part of these answers, but edited by you)",
    );
    expect(code).toBe(0);
    expect(read("bin/upgrade")).toContain("# mine");
    expect(existsSync(join(folder, "lib/upgrade.sh"))).toBe(false);
  });

  it("S8 removes an untouched file that is no longer emitted", async () => {
    const { folder, update } = await project(ending);
    const { code, out } = await update({ flags: { tier: "community", upgrade: false } });
    expect(out).toContain("remove   bin/upgrade");
    expect(code).toBe(0);
    expect(existsSync(join(folder, "bin/upgrade"))).toBe(false);
  });

  it("S9 merges in the endings of the checkout", async () => {
    const { makeScriptEarlier, update, edit, raw } = await project(ending);
    makeScriptEarlier();
    edit(script, (text) => changeLine(text, 8, "# mine"));
    expect((await update()).code).toBe(0);
    const text = raw(script);
    const endings = new Set(text.match(/\r?\n/g));
    expect([...endings]).toEqual([ending]);
    expect(text).toContain("# mine");
  });

  it("S10 keeps a file of the user's where a new one would stand, and shows the proposal", async () => {
    const { folder, update, read } = await project(ending, { tier: "community", upgrade: false });
    const mine = `mine${ending}`;
    mkdirSync(join(folder, "bin"), { recursive: true });
    writeFileSync(join(folder, "bin/upgrade"), mine);
    const { code, out } = await update({ flags: { tier: "certified", upgrade: true } });
    expect(out).toContain("conflict bin/upgrade  (was there before, with another content)");
    expect(out).toContain("- mine");
    expect(out).toContain("+ #!/usr/bin/env bash");
    expect(code).toBe(1);
    expect(read("bin/upgrade")).toBe("mine\n");
  });

  it("S11 keeps permissions and edits", async () => {
    const { folder, makeScriptEarlier, update, edit, read } = await project(ending);
    makeScriptEarlier();
    edit(script, (text) => `${text}\n# mine, at the end`);
    chmodSync(join(folder, script), 0o755);
    chmodSync(join(folder, "bin/backup"), 0o644);
    expect((await update()).code).toBe(0);
    expect(read(script)).toContain("# mine, at the end");
    expect(statSync(join(folder, script)).mode & 0o777).toBe(0o755);
    expect(statSync(join(folder, "bin/backup")).mode & 0o777).toBe(0o644);
  });

  it("S12 takes the same change on both sides for settled", async () => {
    const { folder, now, update, edit, read } = await project(ending);
    makeEarlier(folder, script, (text) =>
      changeLine(changeLine(text, 1, "# earlier"), 9, "# earlier"),
    );
    edit(script, (text) => changeLine(text, 1, now(script).split("\n")[1] ?? ""));
    const { code } = await update();
    expect(code).toBe(0);
    expect(read(script)).toBe(now(script));
  });

  it("S13 updates a statement that was wrapped anew, in that wrapping", async () => {
    const { folder, update, edit, read } = await project(ending);
    makeEarlier(folder, "README.md", (text) => text.replace(link, oldLink));
    edit("README.md", (text) =>
      text
        .replace(
          "Following automated deployment, the following",
          "Following automated deployment,\nthe following",
        )
        .replace("required to make your system", "required to make\nyour system")
        .replace(`- [Configure SMTP`, `* [Configure SMTP`),
    );
    const { code, out } = await update();
    expect(out).toContain("update   README.md");
    expect(code).toBe(0);
    expect(read("README.md")).toContain("Following automated deployment,\nthe following");
    expect(read("README.md")).toContain(`* [Configure SMTP email for Mattermost](${link})`);
    expect(read("README.md")).not.toContain(oldLink);
  });

  it("S14 updates a statement that was moved, where it is", async () => {
    const { folder, update, edit, read } = await project(ending);
    makeEarlier(folder, "README.md", (text) => text.replace(link, oldLink));
    edit("README.md", (text) => {
      const section = /## Make it production-ready[\s\S]*?(?=\n## )/.exec(text)?.[0] ?? "";
      return `${text.replace(section, "")}\n${section}\nMy last words.\n`;
    });
    const before = read("README.md");
    const { code } = await update();
    expect(code).toBe(0);
    expect(read("README.md")).toBe(before.replace(oldLink, link));
  });
});

/** A new project in a checkout with one kind of line endings, and what one does with it. */
async function project(ending: "\n" | "\r\n", flags: Readonly<Record<string, unknown>> = {}) {
  const folder = temporaryFolder();
  await run(folder, { flags });
  const made = folderTexts(folder);
  const raw = (path: string) => readFileSync(join(folder, path), "utf8");
  const write = (path: string, text: string) => {
    writeFileSync(join(folder, path), text.replaceAll("\n", ending));
  };
  for (const [path, text] of Object.entries(made)) {
    if (!/^\.(mattermost-deployment|yo-rc)/.test(path)) write(path, text);
  }
  return {
    folder,
    /** What this release writes, in LF. */
    now: (path: string) => made[path] ?? "",
    raw,
    /** What stands there, in LF. */
    read: (path: string) => raw(path).replaceAll("\r\n", "\n"),
    edit: (path: string, change: (text: string) => string) =>
      write(path, change(raw(path).replaceAll("\r\n", "\n"))),
    /** Makes the script that of a release whose second line was another. */
    makeScriptEarlier: () =>
      makeEarlier(folder, script, (text) => changeLine(text, 1, "# earlier")),
    update: (call?: Parameters<typeof run>[1], world?: Parameters<typeof run>[2]) =>
      run(folder, call, world),
  };
}

function changeLine(text: string, index: number, line: string): string {
  return text.split("\n").with(index, line).join("\n");
}
