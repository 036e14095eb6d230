import { spawnSync } from "node:child_process";
import { chmodSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { check, checkJson, emittedFolder, writeTexts } from "../../checked-project.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const certified = { platform: "linux", tier: "certified" };

describe("bad input", () => {
  it.for<[string, (folder: string) => void, RegExp]>([
    ["no folder", () => {}, /none cannot be read \(ENOENT\)/],
    ["a file", (folder) => writeFileSync(folder, ""), /none is no folder/],
    ["a link in a circle", (folder) => symlinkSync("none", folder), /ELOOP/],
  ])("is refused: %s", async ([, make, message]) => {
    const cwd = temporaryFolder();
    make(join(cwd, "none"));
    const { code, error } = await check(["none"], cwd);
    expect([code, error]).toEqual([2, expect.stringMatching(message)]);
  });

  it.for<[string, Readonly<Record<string, string>>]>([
    ["an empty folder", {}],
    ["no README", { "notes.md": "# Notes\n" }],
    ["a README that is a folder", { "README.md/x": "" }],
    ["an empty README", { "README.md": "" }],
  ])("meets no tier: %s", async ([, files]) => {
    const cwd = temporaryFolder();
    writeTexts(cwd, files);
    expect((await checkJson([], cwd)).report.tier).toBe("none");
    expect((await check(["--require", "community"], cwd)).code).toBe(1);
  });

  it.for<[string, (path: string) => void]>([
    ["invalid UTF-8", (path) => writeFileSync(path, Buffer.from([35, 32, 0xff, 0xfe, 10]))],
    ["bytes that are no text", (path) => writeFileSync(path, Buffer.from([0, 1, 2, 3]))],
    [
      "50 MB",
      (path) => {
        writeFileSync(path, "# Large\n".repeat(100));
        truncateSync(path, 50 * 1024 * 1024);
      },
    ],
    [
      "a link that leads out of the repository",
      (path) => {
        const secret = join(temporaryFolder(), "secret.md");
        writeFileSync(secret, "a secret of the machine");
        symlinkSync(secret, path);
      },
    ],
    ["a pipe", (path) => expect(spawnSync("mkfifo", [path]).status).toBe(0)],
  ])("leaves the tier open: a README that is %s", async ([, make]) => {
    const cwd = await emittedFolder(certified);
    rmSync(join(cwd, "README.md"));
    make(join(cwd, "README.md"));
    const { code, out, error } = await check([], cwd);
    expect([code, out + error]).toEqual([3, expect.stringMatching(/unreadable +documentation/)]);
    expect(out + error).not.toContain("a secret of the machine");
    expect((await check(["--require", "community"], cwd)).code).toBe(3);
  });

  it("says of a README that may not be read", async () => {
    const cwd = await emittedFolder(certified);
    expect((await check([], cwd)).code).toBe(0);
    chmodSync(cwd, 0o755);
    chmodSync(join(cwd, "README.md"), 0);
    expect((await asOrdinaryUser(() => check([], cwd))).code).toBe(3);
  });
});

/** Does something without the rights of root, whom no permission stops. */
async function asOrdinaryUser<Result>(action: () => Promise<Result>): Promise<Result> {
  if (process.getuid?.() !== 0) return action();
  process.seteuid?.(65_534);
  try {
    return await action();
  } finally {
    process.seteuid?.(0);
  }
}
