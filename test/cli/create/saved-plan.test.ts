import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeEarlier } from "../../earlier-release.ts";
import { folderTexts, folderTree } from "../../folder-tree.ts";
import { refused, run } from "../../run-creation.ts";
import { schemaProblems } from "../../schema-problems.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const update = { flags: { edition: "enterprise" } };

describe("a saved plan", () => {
  it("is what happens, and saving it writes nothing else", async () => {
    const { cwd, plan } = await planned();
    const whole = temporaryFolder();
    await run(whole);
    await run(whole, update);
    const { code, out } = await run(cwd, { apply: plan });
    expect(out).toContain("update   compose.yaml");
    expect(code).toBe(0);
    expect(folderTexts(cwd)).toEqual(folderTexts(whole));
    expect((await run(cwd, { dryRun: true })).code).toBe(0);
  });

  it("can be shown once more before it is carried out", async () => {
    const { cwd, plan } = await planned();
    const before = folderTree(cwd);
    expect((await run(cwd, { apply: plan, dryRun: true })).out).toContain("Nothing was written");
    expect(folderTree(cwd)).toEqual(before);
  });

  it("makes a new project too, and can be taken back", async () => {
    const cwd = temporaryFolder();
    const plan = join(temporaryFolder(), "plan.json");
    const { out } = await run(cwd, { plan });
    expect(out).toContain(`The plan is in ${plan}; nothing else was written.`);
    expect(out).not.toContain("dry run");
    expect(folderTree(cwd)).toEqual({});
    expect((await run(cwd, { apply: plan })).code).toBe(0);
    expect((await run(cwd)).code).toBe(0);
  });

  it("says of the files that stay in conflict, as the run itself does", async () => {
    const { cwd, plan } = await planned();
    makeEarlier(cwd, "lib/health.sh", (text) => text.replace(/^#.*$/m, "# earlier"));
    const path = join(cwd, "lib/health.sh");
    writeFileSync(path, readFileSync(path, "utf8").replace("# earlier", "# mine"));
    expect((await run(cwd, { ...update, plan })).code).toBe(1);
    const shown = await run(cwd, { apply: plan, dryRun: true, json: true });
    const result: unknown = JSON.parse(shown.out);
    expect(schemaProblems("creation", result)).toEqual([]);
    expect(result).toMatchObject({ exitCode: 1, dryRun: true, conflicts: ["lib/health.sh"] });
    const { code, out } = await run(cwd, { apply: plan });
    expect(out).toContain("conflict lib/health.sh");
    expect(code).toBe(1);
  });

  it.for([
    [
      "a file was edited",
      (cwd: string) => writeFileSync(join(cwd, "compose.yaml"), "mine\n"),
      /compose\.yaml: found content/,
    ],
    [
      "a file was deleted",
      (cwd: string) => rmSync(join(cwd, "compose.yaml")),
      /compose\.yaml: found nothing/,
    ],
    [
      "permissions were changed",
      (cwd: string) => chmodSync(join(cwd, "compose.yaml"), 0o600),
      /with permissions 600, expected .* 644/,
    ],
    [
      "the state has moved on",
      (cwd: string) => writeFileSync(join(cwd, ".yo-rc.json"), "{}\n"),
      /\.yo-rc\.json: found content/,
    ],
    [
      "a link stands there",
      (cwd: string) => {
        rmSync(join(cwd, "compose.yaml"));
        symlinkSync("README.md", join(cwd, "compose.yaml"));
      },
      /compose\.yaml: it is a symbolic link/,
    ],
  ] as const)("is refused when %s", async ([, change, message]) => {
    const { cwd, plan } = await planned();
    change(cwd);
    await refused(cwd, { apply: plan }, message);
  });

  it("never takes the place of something else", async () => {
    const cwd = temporaryFolder();
    await run(cwd);
    await refused(
      cwd,
      { plan: "README.md" },
      /--plan README\.md: found something else than a plan/,
    );
    await refused(cwd, { plan: "bin" }, /--plan bin: found something else than a plan/);
    await refused(
      cwd,
      { plan: "no/plan.json" },
      /--plan no\/plan\.json: it cannot be written \(ENOENT\)/,
    );
    const plan = join(temporaryFolder(), "plan.json");
    await run(cwd, { plan });
    expect((await run(cwd, { plan, ...update })).code).toBe(1);
  });
});

describe("a plan that is none of ours", () => {
  const after = { text: "hostile\n", mode: 0o644 };
  const change = { path: "README.md", before: null, after };

  it.for([
    ["not JSON", "{", /found no saved plan/],
    ["empty", "", /found no saved plan/],
    ["a list", "[]", /found no saved plan/],
    ["of another release", planOf([change], { generator: "9.0.0" }), /was made by release 9\.0\.0/],
    ["of a later form", planOf([change], { schemaVersion: 2 }), /found no saved plan/],
    ["leading outside", planOf([{ ...change, path: "../outside.txt" }]), /leaves the project/],
    [
      "leading outside on the way",
      planOf([{ ...change, path: "a/../../b" }]),
      /leaves the project/,
    ],
    ["absolute", planOf([{ ...change, path: "/etc/passwd" }]), /leaves the project/],
    ["in git's folder", planOf([{ ...change, path: "lib/.git/hooks/x" }]), /leaves the project/],
    [
      "in the journal",
      planOf([{ ...change, path: ".mattermost-deployment/journal/forward.json" }]),
      /leaves the project/,
    ],
    [
      "with other bits than permissions",
      planOf([{ ...change, after: { ...after, mode: 0o4755 } }]),
      /found no saved plan/,
    ],
    ["naming a path twice", planOf([change, change]), /README\.md stands there twice/],
  ] as const)("is refused: %s", async ([, text, message]) => {
    const cwd = temporaryFolder();
    const plan = join(temporaryFolder(), "plan.json");
    writeFileSync(plan, text);
    await refused(cwd, { apply: plan }, message);
  });

  it("writes nothing behind a link", async () => {
    const [cwd, outside] = [temporaryFolder(), temporaryFolder()];
    symlinkSync(outside, join(cwd, "lib"));
    const plan = join(temporaryFolder(), "plan.json");
    writeFileSync(plan, planOf([{ ...change, path: "lib/a.sh" }]));
    await refused(cwd, { apply: plan }, /lib is a symbolic link/);
    expect(folderTree(outside)).toEqual({});
  });

  it("puts everything back where one path is the folder of another", async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, "kept"));
    const plan = join(temporaryFolder(), "plan.json");
    writeFileSync(
      plan,
      planOf([
        { ...change, path: "a" },
        { ...change, path: "a/b" },
      ]),
    );
    await refused(
      cwd,
      { apply: plan },
      /a\/b was changed while this run was at work; all is as it was/,
    );
    expect(existsSync(join(cwd, "kept"))).toBe(true);
  });
});

/** A project, and a plan that changes its edition. */
async function planned() {
  const cwd = temporaryFolder();
  await run(cwd);
  const before = folderTree(cwd);
  const plan = join(temporaryFolder(), "plan.json");
  expect((await run(cwd, { ...update, plan })).code).toBe(1);
  expect(folderTree(cwd)).toEqual(before);
  return { cwd, plan };
}

function planOf(changes: readonly object[], others: object = {}): string {
  return JSON.stringify({
    schemaVersion: 1,
    generator: "0.1.0",
    conflicts: [],
    changes,
    ...others,
  });
}
