import { chmodSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderTexts, folderTree } from "../../folder-tree.ts";
import { run } from "../../run-creation.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

describe("a second run", () => {
  it("changes no byte, and no time of a file", async () => {
    const cwd = temporaryFolder();
    await run(cwd, {});
    const before = folderTree(cwd);
    const { code, out } = await run(cwd, { defaults: false });
    expect(code).toBe(0);
    expect(out).toMatch(/\d+ files are unchanged/);
    expect(folderTree(cwd)).toEqual(before);
  });

  it("brings what nobody touched up to date, and leaves what was edited", async () => {
    const cwd = temporaryFolder();
    await run(cwd, {});
    const readme = join(cwd, "README.md");
    writeFileSync(readme, `${readFileSync(readme, "utf8")}\nMy own words.\n`);
    const { code, out } = await run(cwd, { flags: { edition: "enterprise" } });
    expect(code).toBe(0);
    expect(out).toContain("update   compose.yaml");
    expect(out).toContain("update   README.md  (merged with what you changed)");
    expect(readFileSync(readme, "utf8")).toMatch(/Enterprise[\s\S]*\nMy own words\.\n$/);
    expect(readFileSync(join(cwd, "compose.yaml"), "utf8")).toContain(
      "mattermost-enterprise-edition",
    );
  });

  it("does not bring back what the user deleted", async () => {
    const cwd = temporaryFolder();
    await run(cwd, {});
    rmSync(join(cwd, ".editorconfig"));
    const { code, out } = await run(cwd, {});
    expect(code).toBe(0);
    expect(out).toContain("keep     .editorconfig  (deleted by you; stays deleted)");
    expect(folderTree(cwd)).not.toHaveProperty(".editorconfig");
  });

  it("removes what other answers leave out, unless it was edited", async () => {
    const cwd = temporaryFolder();
    await run(cwd, {});
    writeFileSync(join(cwd, "SECURITY.md"), "mine\n");
    const { out } = await run(cwd, { flags: { tier: "community", upgrade: false } });
    expect(out).toContain("remove   CHANGELOG.md");
    expect(out).toContain("remove   bin/upgrade");
    expect(out).toContain("keep     SECURITY.md");
    const after = folderTree(cwd);
    expect(after).not.toHaveProperty("CHANGELOG.md");
    expect(after).not.toHaveProperty(".mattermost-deployment/base/CHANGELOG.md");
    expect(after).toHaveProperty("SECURITY.md");
  });

  it("keeps the line endings and permissions of a file that it updates", async () => {
    const cwd = temporaryFolder();
    await run(cwd, {});
    const compose = join(cwd, "compose.yaml");
    writeFileSync(compose, readFileSync(compose, "utf8").replaceAll("\n", "\r\n"));
    chmodSync(compose, 0o640);
    await run(cwd, { flags: { edition: "enterprise" } });
    const text = readFileSync(compose, "utf8");
    expect(text).toContain("mattermost-enterprise-edition");
    expect(text.replaceAll("\r\n", "")).not.toContain("\n");
    expect(statSync(compose).mode & 0o777).toBe(0o640);
  });

  it("says by its exit code that a dry run found something to write", async () => {
    const cwd = temporaryFolder();
    await run(cwd, {});
    expect((await run(cwd, { dryRun: true })).code).toBe(0);
    const before = folderTree(cwd);
    const { code } = await run(cwd, { dryRun: true, flags: { edition: "enterprise" } });
    expect(code).toBe(1);
    expect(folderTree(cwd)).toEqual(before);
  });
});

describe("a stale file", () => {
  it("is never removed through a link in the place of its base", async () => {
    const cwd = temporaryFolder();
    const outside = temporaryFolder();
    await run(cwd, {});
    writeFileSync(join(outside, "Caddyfile"), "mine\n");
    rmSync(join(cwd, ".mattermost-deployment/base/caddy"), { recursive: true });
    symlinkSync(outside, join(cwd, ".mattermost-deployment/base/caddy"));
    const { code, out } = await run(cwd, { flags: { platform: "linux" } });
    expect(code).toBe(0);
    expect(out).toContain(
      "keep     caddy/Caddyfile  (no longer part of these answers, and its base is missing)",
    );
    expect(folderTexts(outside)).toEqual({ Caddyfile: "mine\n" });
  });

  it("that a hostile lock names stays without the base that proves it ours", async () => {
    const cwd = temporaryFolder();
    await run(cwd, {});
    const path = join(cwd, ".mattermost-deployment/lock.json");
    writeFileSync(join(cwd, "mine.txt"), "mine\n");
    const lock: { files: Record<string, unknown> } = JSON.parse(readFileSync(path, "utf8"));
    const sha256 = createHash("sha256").update("mine\n").digest("hex");
    lock.files["mine.txt"] = { sha256, isExecutable: false };
    writeFileSync(path, JSON.stringify(lock));
    await run(cwd, {});
    expect(folderTexts(cwd)).toHaveProperty(["mine.txt"], "mine\n");
  });
});
