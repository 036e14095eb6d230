import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { packageVersion } from "../../../generators/_core/package-folder.ts";
import { applyChanges } from "../../../generators/_core/plan/apply/apply-plan.ts";
import { planUndo } from "../../../generators/_core/plan/apply/plan-undo.ts";
import { folderTexts, folderTree } from "../../folder-tree.ts";
import { run } from "../../run-creation.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

/** Deployments of other people's making, each in another format and manner. */
const repositories = {
  markdown: {
    "README.md":
      "Chat role for Mattermost\n========================\n\nInstalls Mattermost on Ubuntu 22.04.\n\nUsage\n-----\n\n* add it to a play\n* run it\n\nLicense\n-------\n\nBSD\n",
    "tasks/main.yml":
      "- get_url:\n    url: https://releases.mattermost.com/11.7.9/mattermost-team-11.7.9-linux-amd64.tar.gz\n",
    "SECURITY.rst": "Write to us.\n",
  },
  restructuredtext: {
    "README.rst":
      "Module\n======\n\nDeploys Mattermost on Debian 12.\n\nInstall\n-------\n\nInclude the class.\n",
    "manifests/init.pp": 'class mattermost (\n  String $version = "11.7.9",\n) {}\n',
    "CHANGES.rst": "Changes\n=======\n\n1.0.0\n-----\n\n- First.\n",
  },
  asciidoc: {
    "README.adoc":
      "= Chart\n\nInstalls Mattermost on Ubuntu 24.04.\n\n== Install\n\nhelm install it.\n",
    "Chart.yaml": "name: mattermost\nappVersion: 11.7.9\n",
  },
  html: {
    "README.html":
      "<html><body>\n<h1>Box</h1>\n<p>Installs Mattermost on Debian 12.</p>\n<h2>Install</h2>\n<p>Run it.</p>\n</body></html>\n",
    "docker-compose.yml":
      "services:\n  app:\n    image: mattermost/mattermost-team-edition:11.7.9\n",
  },
} as const;

describe.for(Object.entries(repositories))("a repository with a README in %s", ([, files]) => {
  const readme = Object.keys(files)[0] ?? "";

  it("gets what is missing in its own format, and nothing else in it changes", async () => {
    const folder = written(files);
    const { code, out } = await run(folder);
    expect(out).toContain("Only what is missing is added.");
    expect(code).toBe(0);
    const after = folderTexts(folder);
    const made = Object.keys(after).filter((path) => !(path in files) && !isState(path));
    const expected = ["CHANGELOG.md", "SECURITY.md"].filter((path) => !hasOwn(files, path));
    expect(made).toEqual(expected);
    for (const [path, text] of Object.entries(files)) {
      if (path !== readme) expect(after[path]).toBe(text);
    }
    const before = linesOf(files, readme);
    const lines = (after[readme] ?? "").split("\n");
    expect(lines.filter((line) => before.includes(line)).slice(0, 3)).toEqual(before.slice(0, 3));
    expect(subsequence(before, lines)).toBe(true);
    expect(out).toContain("meets every written requirement of the tier Registered");
  });

  it("is unchanged by a second run, and as it was before when the first is taken back", async () => {
    const folder = written(files);
    await run(folder);
    const tree = folderTree(folder);
    expect((await run(folder, { defaults: false })).code).toBe(0);
    expect(folderTree(folder)).toEqual(tree);
    await applyChanges(folder, planUndo(folder, packageVersion()).changes, "is final");
    expect(folderTexts(folder)).toEqual(files);
  });

  it("follows another name and another tier, around what its maintainers wrote since", async () => {
    const folder = written(files);
    await run(folder);
    edit(folder, readme, (text) => text.replace(/Mattermost on/, "a Mattermost server on"));
    const { code, out } = await run(folder, { flags: { name: "Another box" } });
    expect(code).toBe(0);
    expect(out).toContain(`update   ${readme}  (merged with what you changed)`);
    const text = readFileSync(join(folder, readme), "utf8");
    expect(text).toContain("Another box for Mattermost by Example Org");
    expect(text).toContain("a Mattermost server on");
    await run(folder, { flags: { tier: "community" } });
    const lower = readFileSync(join(folder, readme), "utf8");
    expect(lower).not.toContain("within 10 days");
    expect(lower).not.toMatch(/Security updates|Another box/);
    expect(lower).toContain("a Mattermost server on");
  });

  it("does not get back a statement that its maintainers took away", async () => {
    const folder = written(files);
    await run(folder);
    edit(folder, readme, (text) =>
      text.replace(/^.*begin security-commitment[\s\S]*?end security-commitment.*\n/m, ""),
    );
    const before = readFileSync(join(folder, readme), "utf8");
    const { out } = await run(folder);
    expect(out).toContain("block security-commitment was removed by you");
    expect(readFileSync(join(folder, readme), "utf8")).toBe(before);
  });
});

describe("adopting", () => {
  it("keeps the sentences that stand already, and names those that come near", async () => {
    const folder = written({
      ...repositories.markdown,
      "README.md":
        "# Box for Mattermost\n\nPlease see https://docs.mattermost.com for official documentation.\n\nInstalls on Ubuntu 22.04. When notified of a security update, we will make an effort to update within 30 days.\n",
    });
    const { out } = await run(folder);
    const text = readFileSync(join(folder, "README.md"), "utf8");
    expect(text.match(/for official documentation/g)).toHaveLength(1);
    expect(out).not.toContain("added documentation-official-link");
    expect(out).toContain("Box for Mattermost by Example Org");
  });

  describe("statements that stand already in the required words", () => {
    const guidelines =
      "https://handbook.mattermost.com/operations/operations/publishing/publishing-guidelines/brand-and-visual-design-guidelines";
    const named = (name: string) =>
      `The name for this deployment solution in the context of [Mattermost branding guidelines](${guidelines}) is \`${name} for Mattermost by Example Org\`.`;
    const readme = (name: string) =>
      `# Box\n\nInstalls on Ubuntu 22.04.\n\n## Names\n\nOurs.\n\n${named(name)}\n\nTheirs.\n`;
    const adopted = async () => {
      const folder = written({ ...repositories.markdown, "README.md": readme("Box") });
      await run(folder);
      return { folder, read: () => readFileSync(join(folder, "README.md"), "utf8") };
    };

    it("follow another name in their place, unmarked, and nothing else changes", async () => {
      const { folder, read } = await adopted();
      const before = read();
      expect(before).toContain(readme("Box").split("## Names")[1]);
      const { code, out } = await run(folder, { flags: { name: "Crate" } });
      expect(out).toContain("update   README.md  (merged with what you changed)");
      expect(code).toBe(0);
      expect(read()).toBe(before.replace(named("Box"), named("Crate")));
      const tree = folderTree(folder);
      expect((await run(folder)).code).toBe(0);
      expect(folderTree(folder)).toEqual(tree);
    });

    it("stay as their authors edit them", async () => {
      const { folder, read } = await adopted();
      edit(folder, "README.md", (text) => text.replace("is `Box for", "is now `Box for"));
      const before = read();
      const { out } = await run(folder, { flags: { name: "Crate" } });
      expect(read()).toBe(before);
      expect(out).not.toContain("removed by you");
      expect(out).toContain("branding-name: README.md");
    });

    it("stay away when their authors take them away", async () => {
      const { folder, read } = await adopted();
      edit(folder, "README.md", (text) => text.replace(`${named("Box")}\n\n`, ""));
      const before = read();
      const { out } = await run(folder, { flags: { name: "Crate" } });
      expect(out).toContain("block branding-name was removed by you");
      expect(read()).toBe(before);
    });

    it("stay when they are asked for no more", async () => {
      const { folder, read } = await adopted();
      await run(folder, { flags: { tier: "community" } });
      expect(read()).toContain(readme("Box").split("## Names")[1]);
    });
  });

  it.for([
    ["# Chat box\n\n## Usage\n", "Chat box"],
    ["Chat box\n===\n\nUsage\n---\n", "Chat box"],
    ["# Chat box for Mattermost\n", "Chat box"],
    ["# Mattermost chat box\n\n## Usage\n", "Deployment solution"],
    ["# Install\n\n# Usage\n", "Deployment solution"],
    ["# Box for Mattermost users\n", "Deployment solution"],
    [`# ${"Chat box ".repeat(12)}\n`, "Deployment solution"],
    ["No title.\n", "Deployment solution"],
  ] as const)("names the solution by the title of its README: %j", async ([title, name]) => {
    const folder = written({
      ...repositories.markdown,
      "README.md": `${title}\nInstalls on Ubuntu 22.04.\n`,
    });
    const { out } = await run(folder);
    expect(out).toContain(`${name} for Mattermost by Example Org`);
  });

  it("writes a README where there is none", async () => {
    const { "README.md": _, ...files } = repositories.markdown;
    const folder = written(files);
    const { out } = await run(folder);
    expect(out).toContain("create   README.md");
    expect(readFileSync(join(folder, "README.md"), "utf8")).toMatch(
      /^# Deployment solution for Mattermost by Example Org\n/,
    );
  });

  it("leaves a README alone that cannot be read, and says so", async () => {
    const folder = written(repositories.markdown);
    writeFileSync(join(folder, "README.md"), Buffer.from([0xff, 0xfe, 0x00, 0x41]));
    const { code, out } = await run(folder);
    expect(out).toMatch(/conflict README\.md {2}\(it is not a text\)/);
    expect(code).toBe(1);
  });

  it("makes a whole project when a platform is asked for, or nothing deploys the server", async () => {
    const folder = written({ "notes.txt": "mine\n" });
    expect((await run(folder)).out).toContain("create   compose.yaml");
    const other = written(repositories.markdown);
    expect((await run(other, { flags: { platform: "docker" } })).out).toContain("compose.yaml");
  });

  it("asks with what the files say as proposals", async () => {
    const folder = written(repositories.markdown);
    const proposed: Record<string, unknown> = {};
    await run(
      folder,
      { defaults: false },
      {
        ask: async (question, context) => {
          const answer = question.fallback(context);
          proposed[question.id] = answer;
          return answer ?? "";
        },
      },
    );
    expect(proposed).toEqual({
      os: ["ubuntu-22.04"],
      name: "Chat role",
      tier: "registered",
    });
  });
});

function written(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

function edit(folder: string, path: string, change: (text: string) => string): void {
  const text = readFileSync(join(folder, path), "utf8");
  expect(change(text)).not.toBe(text);
  rmSync(join(folder, path));
  writeFileSync(join(folder, path), change(text));
}

function isState(path: string): boolean {
  return path.startsWith(".mattermost-deployment/") || path === ".yo-rc.json";
}

function hasOwn(files: object, path: string): boolean {
  const kind = path === "CHANGELOG.md" ? /^chang/i : /^security/i;
  return Object.keys(files).some((name) => kind.test(name));
}

function linesOf(files: object, path: string): readonly string[] {
  const text: unknown = Object.entries(files).find(([name]) => name === path)?.[1];
  return String(text).split("\n");
}

/** Whether all of some lines stand among others, in their order. */
function subsequence(some: readonly string[], all: readonly string[]): boolean {
  let next = 0;
  for (const line of all) if (line === some[next]) next += 1;
  return next === some.length;
}
