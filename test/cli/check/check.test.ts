import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formats } from "../../../generators/_core/audit/formats/formats.ts";
import { check, checkJson, emittedFolder } from "../../checked-project.ts";
import { folderTree } from "../../folder-tree.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const registered = { platform: "docker", tier: "registered", upgrade: false };
const certified = { platform: "linux", tier: "certified" };

describe("check", () => {
  it.for(["community", "registered", "certified"])(
    "says of an emitted project that it meets its tier: %s",
    async (tier) => {
      const cwd = await emittedFolder({ platform: "docker", tier });
      const { code, report } = await checkJson(["."], cwd);
      expect(code).toBe(0);
      expect(report.tier).toBe(tier);
      expect(report.pending).toEqual(["installation-basic-test"]);
    },
  );

  it("ends with 1 only where a tier is asked for that is not met", async () => {
    const cwd = await emittedFolder(registered);
    const codes = await Promise.all(
      [[], ["--require", "community"], ["--require=registered"], ["--require", "certified"]].map(
        async (words) => (await check(words, cwd)).code,
      ),
    );
    expect(codes).toEqual([0, 0, 0, 1]);
  });

  it("reads nothing but the folder and changes nothing in it", async () => {
    const cwd = await emittedFolder(certified);
    const before = folderTree(cwd);
    await check([], cwd);
    await check(["--json"], cwd);
    expect(folderTree(cwd)).toEqual(before);
  });

  it("writes several reports at once, each whole, and replaces an older one alone", async () => {
    const audited = await emittedFolder(certified);
    const cwd = temporaryFolder();
    const outs = Object.keys(formats).map((format) => `--out=${format}=${format}.txt`);
    const { code } = await check([audited, ...outs], cwd);
    expect(code).toBe(0);
    expect(readdirSync(cwd).toSorted()).toEqual(
      Object.keys(formats)
        .map((format) => `${format}.txt`)
        .toSorted(),
    );
    for (const [name, { begins }] of Object.entries(formats)) {
      expect(readFileSync(join(cwd, `${name}.txt`), "utf8")).toMatch(begins);
    }
    const inside = ["--out", "html=report.html", "--out", "sarif=report.sarif"];
    expect((await check(inside, audited)).code).toBe(0);
    expect((await check(inside, audited)).code).toBe(0);
  });

  it("refuses to write over a file of the audited folder, and through links of it", async () => {
    const cwd = await emittedFolder(certified);
    const elsewhere = temporaryFolder();
    symlinkSync(elsewhere, join(cwd, "reports"));
    writeFileSync(join(elsewhere, "mine"), "mine");
    symlinkSync(join(elsewhere, "mine"), join(cwd, "report.html"));
    const before = folderTree(cwd);
    for (const out of [
      "markdown=README.md",
      "html=report.html",
      "html=reports/x.html",
      "html=none/x.html",
      "html=nginx",
    ]) {
      const { code, error } = await check(["--out", out], cwd);
      expect([out, code, error]).toEqual([out, 2, expect.stringContaining(`--out ${out}: found`)]);
    }
    expect(folderTree(cwd)).toEqual(before);
    expect(readdirSync(elsewhere)).toEqual(["mine"]);
  });

  it("takes waivers into account, and says of one that has ended", async () => {
    const cwd = await emittedFolder(registered);
    mkdirSync(join(cwd, ".mattermost-deployment"), { recursive: true });
    const path = join(cwd, ".mattermost-deployment/waivers.yaml");
    writeFileSync(path, upgradeWaivers("2026-12-31"));
    expect((await checkJson([], cwd)).report.tier).toBe("certified");
    expect((await checkJson(["--strict"], cwd)).report.tier).not.toBe("certified");
    writeFileSync(path, upgradeWaivers("2026-11-01"));
    const { report } = await checkJson([], cwd);
    expect(report.tier).toBe("registered");
    expect(report.warnings.map(({ id }) => id)).toContain("waiver-expired");
    writeFileSync(path, "waivers:\n  - {requirement: changelogs}\n");
    const broken = await check([], cwd);
    expect(broken.code).toBe(2);
    expect(broken.error).toContain("did you mean changelog?");
  });
});

/** A file that waives what an upgrade command is asked for. */
function upgradeWaivers(until: string): string {
  const waivers = ["upgrade-command", "upgrade-procedure"].map(
    (id) => `  - {requirement: ${id}, reason: Comes with 2.0 in spring., until: ${until}}\n`,
  );
  return `waivers:\n${waivers.join("")}`;
}
