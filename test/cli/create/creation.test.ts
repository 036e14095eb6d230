import {
  chmodSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createHash } from "node:crypto";
import { hostname } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { folderTexts, folderTree } from "../../folder-tree.ts";
import { refused, run } from "../../run-creation.ts";
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
    const validate = new Ajv().compile(schema("creation"));
    expect(validate(result), JSON.stringify(validate.errors)).toBe(true);
    expect(result).toMatchObject({
      tier: { target: "certified", reached: "none" },
      warnings: [expect.stringContaining("unofficial")],
    });
  });
});

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

describe("an answers file", () => {
  it.for([
    ["answers.json", '{"$schema": "x", "platform": "linux", "tier": "registered"}'],
    ["answers.yaml", "platform: linux\ntier: registered\n"],
  ] as const)("can be %s", async ([name, text]) => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, name), text);
    const { code, out } = await run(cwd, { answers: join(cwd, name) });
    expect(code).toBe(0);
    expect(out).toContain("Registered");
  });

  it.for([
    ["{", /not valid YAML or JSON/],
    ["a: [", /not valid YAML or JSON/],
    ["serverVersion: 11.7\n", /found 11\.7, expected text, in quotes/],
    ["tier: certified\ntier: community\n", /Map keys must be unique/],
    ["- a\n", /no mapping of keys/],
    ["", /no mapping of keys/],
    ["teir: certified\n", /key teir: found a key that is no question; did you mean tier\?/],
  ] as const)("that holds %j is refused", async ([text, message]) => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "answers.yaml"), text);
    await refused(cwd, { answers: join(cwd, "answers.yaml") }, message);
  });

  it("that is not there is refused", async () => {
    await refused(temporaryFolder(), { answers: "/nowhere/answers.yaml" }, /there is no such file/);
  });

  it("is described by the published schema", () => {
    const validate = new Ajv().compile(schema("answers"));
    expect(validate({ platform: "docker", os: ["debian-12"], proxy: "nginx" })).toBe(true);
    expect(validate({ platfrom: "docker" })).toBe(false);
    expect(validate({ tier: "gold" })).toBe(false);
  });
});

function schema(name: string): object {
  const path = join(import.meta.dirname, `../../../schemas/${name}.schema.json`);
  const value: object = JSON.parse(readFileSync(path, "utf8"));
  return value;
}
