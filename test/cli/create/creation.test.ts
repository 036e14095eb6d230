import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderTexts, folderTree } from "../../folder-tree.ts";
import { refused, run } from "../../run-creation.ts";
import { schemaProblems } from "../../schema-problems.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

describe("a new project", () => {
  it("is written whole, scripts executable, and its summary says what is open", async () => {
    const cwd = temporaryFolder();
    const { code, out } = await run(cwd, { directory: "my deployment" });
    expect(code).toBe(0);
    expect(out).toContain("Docker Compose deployment solution for Mattermost by Example Org");
    expect(out).toContain("meets every written requirement of the tier Certified");
    expect(out).toContain("still open: installation-basic-test:");
    expect(out).toContain("cd 'my deployment' && bin/init");
    expect(statSync(join(cwd, "my deployment/bin/upgrade")).mode & 0o111).toBe(0o111);
    expect(statSync(join(cwd, "my deployment/compose.yaml")).mode & 0o111).toBe(0);
  });

  it("can be shown before it is written", async () => {
    const cwd = temporaryFolder();
    const { code, out } = await run(cwd, { directory: "new", dryRun: true });
    expect(code).toBe(0);
    expect(out).toContain("create   compose.yaml");
    expect(out).toContain("Nothing was written");
    expect(folderTree(cwd)).toEqual({});
  });

  it("grows among files that are there already, and leaves them alone", async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "README.md"), "# Mine\n");
    writeFileSync(join(cwd, "notes.txt"), "mine\n");
    const { code, out } = await run(cwd, {});
    expect(code).toBe(0);
    expect(out).toContain("update   README.md  (merged with what you changed)");
    expect(out).toContain("meets every written requirement of the tier Certified");
    expect(readFileSync(join(cwd, "README.md"), "utf8")).toMatch(
      /^# Mine\n\n<!-- mattermost-deployment:begin introduction -->\n/,
    );
    expect(folderTexts(cwd)).toMatchObject({ "notes.txt": "mine\n" });
    const before = folderTree(cwd);
    expect((await run(cwd, {})).code).toBe(0);
    expect(folderTree(cwd)).toEqual(before);
  });

  it("tells a machine the same as a person", async () => {
    const cwd = temporaryFolder();
    const { out } = await run(cwd, { json: true, flags: { os: ["fedora"] } });
    const result: unknown = JSON.parse(out);
    expect(schemaProblems("creation", result)).toEqual([]);
    expect(result).toMatchObject({
      tier: { target: "certified", reached: "none" },
      warnings: [expect.stringContaining("unofficial")],
    });
  });
});

describe("another platform", () => {
  it("exposes no secret of the former one to git", async () => {
    const cwd = temporaryFolder();
    await run(cwd, { flags: { platform: "docker" } });
    await run(cwd, { flags: { platform: "linux" } });
    const ignored = readFileSync(join(cwd, ".gitignore"), "utf8").split("\n");
    expect(ignored).toEqual(
      expect.arrayContaining(["/.env", "/secrets/*", "/backups/*", "/settings.conf"]),
    );
  });

  it("and back again is the project that it was, other platforms' answers included", async () => {
    const cwd = temporaryFolder();
    await run(cwd, { flags: { platform: "docker", proxy: "nginx", os: ["arch-linux"] } });
    const before = folderTexts(cwd);
    const { out } = await run(cwd, { flags: { platform: "linux" } });
    expect(out).toContain("Linux deployment solution for Mattermost by Example Org");
    expect(folderTree(cwd)).not.toHaveProperty("compose.yaml");
    expect(
      Object.keys(folderTree(cwd)).filter((path) => path.includes("nginx/nginx.conf")),
    ).toEqual([]);
    await run(cwd, { flags: { platform: "docker", os: ["arch-linux"] } });
    expect(folderTexts(cwd)).toEqual(before);
  });

  it("keeps a name that the user chose", async () => {
    const cwd = temporaryFolder();
    await run(cwd, { flags: { platform: "docker", name: "Chat in a box" } });
    const { out } = await run(cwd, { flags: { platform: "linux" } });
    expect(out).toContain("Chat in a box for Mattermost by Example Org");
  });
});

describe("two runs at once", () => {
  it("the second is refused while the first is at work", async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, ".mattermost-deployment"));
    writeFileSync(join(cwd, ".mattermost-deployment/running"), `${hostname()} ${process.pid}\n`);
    await refused(
      cwd,
      {},
      new RegExp(`process ${process.pid} is at work there; nothing was written`),
    );
  });

  it("what a dead one left is taken over", async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, ".mattermost-deployment"));
    writeFileSync(join(cwd, ".mattermost-deployment/running"), `${hostname()} 4194305\n`);
    expect((await run(cwd, {})).code).toBe(0);
    expect(folderTree(cwd)).not.toHaveProperty([".mattermost-deployment/running"]);
  });
});
