import { chownSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeEarlier } from "../earlier-release.ts";
import { folderTexts, folderTree } from "../folder-tree.ts";
import { installPacked, type Installation } from "./packed.ts";
import { ordinaryUser, run } from "./tools.ts";

let installation: Installation;
beforeAll(() => {
  installation = installPacked();
});
afterAll(() => installation.remove());

const answers = ["--platform", "docker", "--os", "debian-12", "--os", "oracle-linux-9"];
const creator = ["--creator", "Example Org"];

describe("the packed package", () => {
  it("holds the built command and the templates, and no tests and sources", () => {
    const folder = join(installation.folder, "node_modules/generator-mattermost-deployment");
    expect(readdirSync(folder).toSorted()).toEqual([
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "dist",
      "package.json",
      "schemas",
      "templates",
    ]);
    const files = Object.keys(folderTree(join(folder, "templates")));
    expect(files.filter((path) => !path.endsWith(".ejs"))).toEqual([]);
    expect(files).toContain("_shared/files/.gitignore.ejs");
  });
});

describe("both doors", () => {
  it("make the same project", () => {
    const [own, yeoman] = [home("own"), home("yeoman")];
    const words = ["made", ...answers, ...creator, "--defaults"];
    const direct = asUser(own, [installation.command, ...words]);
    const throughYo = asUser(yeoman, [installation.yo, "mattermost-deployment", ...words]);
    expect(direct).toMatchObject({ code: 0 });
    expect(throughYo).toMatchObject({ code: 0 });
    const texts = folderTexts(join(own, "made"));
    expect(Object.keys(texts).length).toBeGreaterThan(50);
    expect(folderTexts(join(yeoman, "made"))).toEqual(texts);
    expect(throughYo.out).toContain(direct.out.trim());
  });

  it.for([
    ["a wrong answer", ["x", "--tier", "gold", "--defaults"], 2, /--tier: found "gold"/],
    [
      "an option that does not exist",
      ["x", "--teir", "gold"],
      2,
      /--teir: .* did you mean --tier\?/,
    ],
    ["nobody to ask", ["x", "--platform", "linux"], 2, /--server-version: .*such as “11\.7\.9”/],
    ["a dry run", ["x", ...answers, "--dry-run", "--defaults"], 0, /Nothing was written/],
    ["no upgrade", ["x", "--no-upgrade", "--defaults"], 2, /--upgrade: found false/],
  ] as const)("answer %s alike", ([title, words, code, message]) => {
    for (const [door, program] of doors()) {
      const cwd = home(`${title} ${door}`);
      const result = asUser(cwd, [...program, ...words]);
      expect(result.code, door).toBe(code);
      expect(result.out + result.error, door).toMatch(message);
      expect(folderTree(cwd), door).toEqual({});
    }
  });

  it.for([
    ["a tier that is met", ["--require", "registered"], 0, /^Certified /m],
    ["a tier that does not exist", ["--require", "gold"], 2, /--require: found gold/],
    ["an option that does not exist", ["--strickt"], 2, /did you mean --strict\?/],
    ["reports in files", ["--out", "html=a.html", "--out", "sarif=a.sarif"], 0, /^Certified /m],
    ["JSON", ["--format", "json"], 0, /^ {2}"tier": "certified",$/m],
    ["a fix of no requirement", ["--fix=changelogs"], 2, /--fix: found changelogs/],
    ["fixes of two", ["--fix=changelog", "--fix=changelogs"], 2, /--fix: found changelogs/],
    ["a dry run of fixes", ["--fix", "--dry-run"], 0, /^/],
  ] as const)("audit alike: %s", ([title, words, code, message]) => {
    for (const [door, program] of checkDoors()) {
      const cwd = home(`check, ${title} ${door}`);
      asUser(cwd, [installation.command, "made", ...answers, "--defaults"]);
      const result = asUser(cwd, [...program, "made", ...words]);
      expect(result.code, door + result.error).toBe(code);
      expect(result.out + result.error, door).toMatch(message);
      const written = words
        .filter((word) => word.includes("=a."))
        .map((word) => word.split("=")[1]);
      expect(readdirSync(cwd).toSorted(), door).toEqual([...written, "made"]);
    }
  });

  it("take one another's projects for their own", () => {
    const cwd = home("both");
    const words = ["made", ...answers, ...creator, "--defaults"];
    asUser(cwd, [installation.yo, "mattermost-deployment", ...words]);
    const before = folderTree(cwd);
    expect(asUser(cwd, [installation.command, "made", "--defaults"]).code).toBe(0);
    expect(asUser(cwd, [installation.yo, "mattermost-deployment", "made"]).code).toBe(0);
    expect(folderTree(cwd)).toEqual(before);
  });

  it("settle conflicts alike, and leave 10,000 files of the user's alone", () => {
    const results = doors().map(([door, program]) => {
      const cwd = home(`conflict ${door}`);
      asUser(cwd, [...program, "made", ...answers, ...creator, "--defaults"]);
      const made = join(cwd, "made");
      makeEarlier(made, "lib/settings.sh", (text) =>
        text.split("\n").with(1, "# earlier").join("\n"),
      );
      const script = join(made, "lib/settings.sh");
      writeFileSync(script, readFileSync(script, "utf8").replace("# earlier", "# mine"));
      mkdirSync(join(made, "own"));
      for (let index = 0; index < 10_000; index += 1)
        writeFileSync(join(made, `own/${index}.txt`), `file ${index}\n`);
      for (const path of [".editorconfig", ".gitattributes"]) rmSync(join(made, path));
      const own = folderTree(join(made, "own"));
      const runs = [
        ["--on-conflict", "fail"],
        ["--on-conflict", "markers"],
        ["--dry-run"],
        ["--restore", ".editorconfig", "--restore", ".gitattributes"],
      ].map((words) => asUser(cwd, [...program, "made", "--defaults", ...words]));
      expect(
        runs.map(({ code }) => code),
        door,
      ).toEqual([1, 1, 1, 1]);
      expect(folderTree(join(made, "own")), door).toEqual(own);
      return Object.entries(folderTexts(made)).filter(([path]) => !path.startsWith("own/"));
    });
    expect(results[1]).toEqual(results[0]);
    const script = results[0]?.find(([path]) => path === "lib/settings.sh")?.[1];
    expect(script).toContain("<<<<<<< yours\n# mine\n=======\n");
    const paths = results[0]?.map(([path]) => path);
    expect(paths).toEqual(expect.arrayContaining([".editorconfig", ".gitattributes"]));
  });

  it("explain themselves", () => {
    for (const [door, program] of doors()) {
      const { code, out } = asUser(home(`help ${door}`), [...program, "--help"]);
      expect(code, door).toBe(0);
      for (const flag of ["--server-version", "--os", "--proxy", "--dry-run"]) {
        expect(out, door).toContain(flag);
      }
    }
  });
});

describe("the package's own command", () => {
  it("works as root, without a home and without git", () => {
    const cwd = home("root");
    const words = [installation.command, "made", "--defaults"];
    const environment = { PATH: "/nowhere" };
    const result = run(process.execPath, words, { cwd, env: environment });
    expect(result).toMatchObject({ code: 0 });
    expect(result.out).toContain("for Mattermost by root");
  });

  it("reads answers from standard input", () => {
    const cwd = home("input");
    const words = [installation.command, "--answers", "-", "--defaults"];
    const input = "platform: linux\ncreator: Example Org\n";
    const result = run(process.execPath, words, { cwd, input, env: installation.environment });
    expect(result.out).toContain("Linux deployment solution for Mattermost by Example Org");
  });

  it("does not write where it may not", () => {
    const cwd = home("owned by root");
    mkdirSync(join(cwd, "locked"), { mode: 0o755 });
    writeFileSync(join(cwd, "locked/file"), "");
    const result = asUser(cwd, [installation.command, "locked/made", "--defaults"]);
    expect(result.code).toBe(2);
    expect(result.error).toContain("locked cannot be written to");
    expect(folderTree(cwd)).toHaveProperty(["locked/file"]);
  });
});

function doors(): readonly (readonly [string, readonly string[]])[] {
  return [
    ["own", [installation.command]],
    ["yo", [installation.yo, "mattermost-deployment"]],
  ];
}

function checkDoors(): readonly (readonly [string, readonly string[]])[] {
  return [
    ["own", [installation.command, "check"]],
    ["yo", [installation.yo, "mattermost-deployment:check"]],
  ];
}

/** A new folder of the ordinary user's. */
function home(name: string): string {
  const folder = join(installation.folder, "work", name);
  mkdirSync(folder, { recursive: true });
  chownSync(folder, ordinaryUser.uid, ordinaryUser.gid);
  return folder;
}

function asUser(cwd: string, words: readonly string[]) {
  return run(process.execPath, words, { cwd, env: installation.environment, ...ordinaryUser });
}
