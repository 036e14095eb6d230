import { spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { formats } from "../../../generators/_core/audit/formats/formats.ts";
import { checkHelp } from "../../../generators/_core/cli/check/check-help.ts";
import {
  checkOptions,
  parseCheckWords,
} from "../../../generators/_core/cli/check/check-options.ts";
import { runCheckCall } from "../../../generators/_core/cli/check/check-run.ts";
import { reporting } from "../../../generators/_core/cli/print-error.ts";
import { folderTree } from "../../folder-tree.ts";
import { emit } from "../../projects.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const registered = { platform: "docker", tier: "registered", upgrade: false };
const certified = { platform: "linux", tier: "certified" };

describe("check", () => {
  it.for(["community", "registered", "certified"])(
    "says of an emitted project that it meets its tier: %s",
    async (tier) => {
      const cwd = await project({ platform: "docker", tier });
      const { code, report } = await checkJson(["."], cwd);
      expect(code).toBe(0);
      expect(report.tier).toBe(tier);
      expect(report.pending).toEqual(["installation-basic-test"]);
    },
  );

  it("ends with 1 only where a tier is asked for that is not met", async () => {
    const cwd = await project(registered);
    const codes = await Promise.all(
      [[], ["--require", "community"], ["--require=registered"], ["--require", "certified"]].map(
        async (words) => (await check(words, cwd)).code,
      ),
    );
    expect(codes).toEqual([0, 0, 0, 1]);
  });

  it("reads nothing but the folder and changes nothing in it", async () => {
    const cwd = await project(certified);
    const before = folderTree(cwd);
    await check([], cwd);
    await check(["--json"], cwd);
    expect(folderTree(cwd)).toEqual(before);
  });

  it("writes several reports at once, each whole, and replaces an older one alone", async () => {
    const audited = await project(certified);
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
    const cwd = await project(certified);
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
    const cwd = await project(registered);
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

describe("check --fix", () => {
  const commitment = /^We highly recommend users subscribe.*\n/m;

  it("writes what is missing, audits again, and leaves nothing else behind", async () => {
    const cwd = await project(registered);
    const before = readme(cwd);
    writeFileSync(join(cwd, "README.md"), before.replace(commitment, ""));
    const others = Object.keys(folderTree(cwd));
    expect((await checkJson(["--require", "registered"], cwd)).code).toBe(1);
    const { code, out, error } = await check(["--fix", "--require", "registered"], cwd);
    expect(code).toBe(0);
    expect(out).toMatch(/^Registered /);
    expect(error).toContain("fixed: security-commitment in README.md");
    expect(readme(cwd)).toMatch(commitment);
    expect(Object.keys(folderTree(cwd))).toEqual(others);
  });

  it("prints a patch that git takes, and writes nothing, in a dry run", async () => {
    const cwd = await project(registered);
    writeFileSync(join(cwd, "README.md"), readme(cwd).replace(commitment, ""));
    const before = folderTree(cwd);
    const { code, out } = await check(["--fix", "--dry-run", "--require", "registered"], cwd);
    expect(code).toBe(1);
    expect(folderTree(cwd)).toEqual(before);
    const git = spawnSync("git", ["apply", "-"], { cwd, input: `${out}\n`, encoding: "utf8" });
    expect(git.stderr).toBe("");
    expect((await checkJson([], cwd)).report.tier).toBe("registered");
  });

  it("says what it cannot fix", async () => {
    const cwd = await project(registered);
    const { code, error } = await check(["--fix", "--require", "certified"], cwd);
    expect(code).toBe(1);
    expect(error).toContain("not fixed: upgrade-command: no sentence makes it true");
  });

  it("writes through no link", async () => {
    const cwd = await project(registered);
    const text = readme(cwd).replace(commitment, "");
    renameSync(join(cwd, "README.md"), join(cwd, "other.md"));
    writeFileSync(join(cwd, "other.md"), text);
    symlinkSync("other.md", join(cwd, "README.md"));
    const { code, error } = await check(["--fix", "--require", "registered"], cwd);
    expect([code, error]).toEqual([2, expect.stringMatching(/README\.md .*symbolic link/)]);
    expect(readFileSync(join(cwd, "other.md"), "utf8")).toBe(text);
  });
});

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
    write(cwd, files);
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
    const cwd = await project(certified);
    rmSync(join(cwd, "README.md"));
    make(join(cwd, "README.md"));
    const { code, out, error } = await check([], cwd);
    expect([code, out + error]).toEqual([3, expect.stringMatching(/unreadable +documentation/)]);
    expect(out + error).not.toContain("a secret of the machine");
    expect((await check(["--require", "community"], cwd)).code).toBe(3);
  });

  it("says of a README that may not be read", async () => {
    const cwd = await project(certified);
    expect((await check([], cwd)).code).toBe(0);
    chmodSync(cwd, 0o755);
    chmodSync(join(cwd, "README.md"), 0);
    expect((await asOrdinaryUser(() => check([], cwd))).code).toBe(3);
  });
});

describe("a call of check", () => {
  it.for<[readonly string[], RegExp]>([
    [["a", "b"], /found 2 folders \(a, b\)/],
    [["--require", "gold"], /--require: found gold, expected one of community, registered/],
    [["--require", "certifed"], /--require: found certifed, expected certified/],
    [["--require"], /--require: found no value/],
    [["--format", "pictures"], /--format: found pictures, expected one of terminal, json/],
    [["--json", "--format", "sarif"], /--format: found sarif and json, expected one/],
    [["--out", "report.html"], /--out: found report\.html, expected FORMAT=FILE/],
    [["--out", "pdf=report.pdf"], /--out: found pdf, expected one of/],
    [["--out", "html=x", "--out", "json=x"], /html=x|json=x: found twice/],
    [["--fix=changelogs"], /--fix: found changelogs, expected changelog/],
    [["--dry-run"], /--dry-run: found without --fix/],
    [["--strickt"], /did you mean --strict\?/],
  ])("that is wrong is refused: %s", async ([words, message]) => {
    const { code, error, out } = await check(words, temporaryFolder());
    expect(code).toBe(2);
    expect(error).toMatch(message);
    if (words.includes("--json")) expectValid(JSON.parse(out));
  });

  it("has a help that names every option and fits", () => {
    expect(parseCheckWords(["--help"])).toBe("help");
    for (const { flag } of checkOptions) expect(checkHelp()).toContain(`--${flag}`);
    const lengths = checkHelp()
      .split("\n")
      .map(({ length }) => length);
    expect(Math.max(...lengths)).toBeLessThan(100);
  });

  it("reads fixes for all and for one", () => {
    expect(parseCheckWords(["--fix", "dir"])).toMatchObject({
      directory: "dir",
      fix: { missing: true, replaced: [] },
    });
    expect(parseCheckWords(["--fix=changelog", "--fix=branding-name"])).toMatchObject({
      fix: { missing: false, replaced: ["changelog", "branding-name"] },
    });
    expect(parseCheckWords([])).toMatchObject({ directory: ".", fix: undefined });
  });
});

interface PrintedReport {
  readonly tier: string;
  readonly pending: readonly string[];
  readonly warnings: readonly { readonly id: string }[];
}

async function checkJson(words: readonly string[], cwd: string) {
  const { code, out } = await check([...words, "--json"], cwd);
  const report: PrintedReport = JSON.parse(out);
  expectValid(report);
  return { code, report };
}

async function check(words: readonly string[], cwd: string) {
  const out: string[] = [];
  const errors: string[] = [];
  const terminal = {
    out: (text: string) => void out.push(text),
    error: (text: string) => void errors.push(text),
    hasColor: false,
  };
  const code = await reporting(terminal, words.includes("--json"), async () => {
    const call = parseCheckWords(words);
    if (typeof call === "string") throw new Error(`${call} was asked for`);
    return runCheckCall(call, { cwd, date: "2026-11-22T10:00:00.000Z" }, terminal);
  });
  return { code, out: out.join("\n"), error: errors.join("\n") };
}

function readme(folder: string): string {
  return readFileSync(join(folder, "README.md"), "utf8");
}

/** A file that waives what an upgrade command is asked for. */
function upgradeWaivers(until: string): string {
  const waivers = ["upgrade-command", "upgrade-procedure"].map(
    (id) => `  - {requirement: ${id}, reason: Comes with 2.0 in spring., until: ${until}}\n`,
  );
  return `waivers:\n${waivers.join("")}`;
}

/** An emitted project on disk. */
async function project(answers: Readonly<Record<string, unknown>>): Promise<string> {
  const folder = temporaryFolder();
  const { files } = await emit(answers);
  write(folder, Object.fromEntries(files));
  return folder;
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

function expectValid(value: unknown): void {
  const path = join(import.meta.dirname, "../../../schemas/report.schema.json");
  const schema: object = JSON.parse(readFileSync(path, "utf8"));
  const validate = new Ajv({ strictTypes: false }).compile(schema);
  expect(validate(value), JSON.stringify(validate.errors)).toBe(true);
}

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
