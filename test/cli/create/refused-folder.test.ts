import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderTree } from "../../folder-tree.ts";
import { refused, run } from "../../run-creation.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

describe("a folder that cannot be used", () => {
  it("because it is a file", async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "file"), "");
    await refused(cwd, { directory: "file" }, /file is not a folder/);
    await refused(cwd, { directory: "file/beneath" }, /file is not a folder/);
  });

  it("because it lies behind a symbolic link", async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, "real"));
    symlinkSync("real", join(cwd, "link"));
    await refused(cwd, { directory: "link" }, /behind the symbolic link/);
    await refused(cwd, { directory: "link/beneath" }, /Name the folder itself: .*real\/beneath/);
  });

  it.for([
    [".yo-rc.json", "{", /\.yo-rc\.json cannot be read \(it is not JSON\)/],
    [
      ".mattermost-deployment/lock.json",
      '{"schemaVersion": 2, "generator": "9.1.0"}',
      /was written by release 9\.1\.0, this is .*[\s\S]*Install generator-mattermost-deployment@9\.1\.0/,
    ],
    [".yo-rc.json", "[]", /\.yo-rc\.json cannot be read/],
    [
      ".yo-rc.json",
      '{"generator-mattermost-deployment": {"tier": "gold"}}',
      /\.yo-rc\.json, key tier: found "gold", expected one of/,
    ],
    [
      ".yo-rc.json",
      '{"generator-mattermost-deployment": {"teir": "certified"}}',
      /key teir: found a key that is no question; did you mean tier\?/,
    ],
    [".mattermost-deployment/lock.json", "{", /lock\.json cannot be read/],
    [
      ".mattermost-deployment/lock.json",
      '{"schemaVersion": 1, "generator": "0.1.0", "program": "", "files": {"../../x": {}}}',
      /lock\.json cannot be read .*leaves the project/,
    ],
  ] as const)("because %s holds %s", async ([path, text, message]) => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, ".mattermost-deployment"));
    writeFileSync(join(cwd, path), text);
    await refused(cwd, {}, message);
  });

  it("because its state is a link to elsewhere", async () => {
    const cwd = temporaryFolder();
    const outside = temporaryFolder();
    symlinkSync(outside, join(cwd, ".mattermost-deployment"));
    await refused(cwd, {}, /\.mattermost-deployment is a symbolic link/);
    expect(folderTree(outside)).toEqual({});
  });
});

it("never writes through a link, nor into a folder behind one", async () => {
  const cwd = temporaryFolder();
  const outside = temporaryFolder();
  writeFileSync(join(outside, "target"), "theirs\n");
  symlinkSync(outside, join(cwd, "bin"));
  symlinkSync(join(outside, "target"), join(cwd, "compose.yaml"));
  const before = folderTree(outside);
  const { code, out } = await run(cwd, {});
  expect(code).toBe(1);
  expect(out).toContain("conflict compose.yaml  (it is a symbolic link)");
  expect(out).toContain("conflict bin/upgrade  (bin is a symbolic link)");
  expect(folderTree(outside)).toEqual(before);
});
