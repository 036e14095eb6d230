import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { folderTexts, folderTree } from "../folder-tree.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { checkout, run, succeed } from "./tools.ts";

const command = join(checkout, "dist/command.js");
const answers = ["--creator", "Example Org", "--defaults"];

describe("a run that is killed", () => {
  it("is completed by the next, at whatever moment it was", async () => {
    const whole = temporaryFolder();
    succeed("node", [command, whole, ...answers]);
    const expected = folderTexts(whole);
    let cutOff = 0;
    for (let wait = 60; wait < 260; wait += 4) {
      const folder = join(temporaryFolder(), "made");
      const child = spawn("node", [command, folder, ...answers], { stdio: "ignore" });
      const ended = once(child, "exit");
      await sleep(wait);
      child.kill("SIGKILL");
      await ended;
      if (child.signalCode === "SIGKILL") cutOff += 1;
      succeed("node", [command, folder, ...answers]);
      expect(folderTexts(folder)).toEqual(expected);
    }
    expect(cutOff).toBeGreaterThan(5);
  });
});

describe("a full disk", () => {
  const sizes = [...Array(12).keys()].map((step) => 8 + step * 16);

  it.for(sizes)("of %i KiB leaves nothing of a new project", (size) => {
    const disk = smallDisk(size);
    const result = run("node", [command, join(disk, "made"), ...answers]);
    if (result.code === 0) return;
    expect(result.code).toBe(2);
    expect(result.error).toContain("the disk is full; nothing was written");
    expect(folderTree(disk)).toEqual({});
  });

  it.for([420, 440, 460, 480, 500, 520])(
    "of %i KiB leaves an existing project as it was",
    (size) => {
      const disk = smallDisk(size);
      const first = run("node", [command, disk, ...answers]);
      if (first.code !== 0) return;
      const before = folderTree(disk);
      const filler = join(disk, "filler");
      run("dd", ["if=/dev/zero", `of=${filler}`, "bs=1K"]);
      const full = { ...before, filler: folderTree(disk)["filler"] };
      const result = run("node", [command, disk, ...answers, "--edition", "enterprise"]);
      expect(result.code).toBe(2);
      expect(result.error).toContain("the disk is full; nothing was written");
      expect(folderTree(disk)).toEqual(full);
    },
  );
});

/** A file system of its own, so many KiB large. */
function smallDisk(kibibytes: number): string {
  const mount = join(temporaryFolder(), "disk");
  mkdirSync(mount);
  succeed("mount", ["-t", "tmpfs", "-o", `size=${kibibytes}k`, "tmpfs", mount]);
  onTestFinished(() => void succeed("umount", [mount]));
  chmodSync(mount, 0o755);
  return mount;
}

it("two runs at once leave a whole project, and one of them says so", async () => {
  for (let round = 0; round < 8; round += 1) {
    const folder = join(temporaryFolder(), "made");
    const codes = await Promise.all(
      ["docker", "linux"].map(async (platform) => {
        const words = [command, folder, ...answers, "--platform", platform];
        const child = spawn("node", words, { stdio: ["ignore", "ignore", "pipe"] });
        child.stderr.resume();
        await once(child, "exit");
        return child.exitCode;
      }),
    );
    expect([
      [0, 0],
      [0, 2],
      [2, 0],
    ]).toContainEqual(codes);
    const second = run("node", [command, folder, "--defaults"]);
    expect(second.code).toBe(0);
    expect(Object.keys(folderTree(folder)).filter((path) => /staging|running/.test(path))).toEqual(
      [],
    );
  }
});
