import { describe, expect, it } from "vitest";
import { judgeRepository } from "../../generators/_core/audit/judge-repository.ts";
import { judgeRendered } from "../../generators/_core/audit/judge.ts";
import { requirements } from "../../generators/_core/program/requirements.gen.ts";
import { snapshotOf } from "../../generators/_core/repository/snapshot.ts";
import { includesTier } from "../../generators/_core/program/tier.ts";
import { answerMatrix, emit, today } from "../projects.ts";

const world = { today, packageVersion: "1.0.0" };

const description =
  "This deployment solution installs a Mattermost server to provide secure, private cloud messaging for teams and enterprises. More information is available at: https://mattermost.com";

describe.for(answerMatrix)("$title", ({ answers }) => {
  it("carries each sentence of its tier word for word, once, in the README alone", async () => {
    const { project, files, readme } = await emit(answers);
    for (const requirement of requirements) {
      const { evidence, tier, appliesTo } = requirement;
      if (evidence.kind !== "text") continue;
      const isDue = includesTier(project.tier, tier) && appliesTo(project);
      for (const sentence of evidence.sentences(project)) {
        const found = [...files].filter(([, text]) => unmarked(text).includes(sentence));
        expect(
          found.map(([path]) => path),
          sentence,
        ).toEqual(isDue ? ["README.md"] : []);
        if (isDue) expect(unmarked(readme).split(sentence)).toHaveLength(2);
      }
    }
  });

  it("meets its tier, the highest with an upgrade, none without a system that counts", async () => {
    const { project, files } = await emit(answers);
    const report = await judgeRepository(snapshotOf(files), world);
    const hasSystem = project.systems.some(({ standing }) => standing !== "unofficial");
    const isRegistered = includesTier(project.tier, "registered");
    const tier = project.upgrade && isRegistered ? "certified" : project.tier;
    expect(report.tier, JSON.stringify(report.requirements)).toBe(hasSystem ? tier : "none");
  });

  it("is judged alike by what it is made of and by its files", async () => {
    const { project, files } = await emit(answers);
    const { requirements: judged } = await judgeRepository(snapshotOf(files), world);
    const rendered = judgeRendered(requirements, project).map(({ requirement, outcome }) => [
      requirement.id,
      outcome,
    ]);
    expect(judged.map(({ id, outcome }) => [id, outcome])).toEqual(rendered);
  });

  it("has the files of its tier", async () => {
    const { project, files } = await emit(answers);
    const always = ["README.md", "LICENSE", ".gitignore", ".editorconfig", ".gitattributes"];
    for (const path of [...always, ".github/workflows/ci.yml"])
      expect([...files.keys()]).toContain(path);
    const isRegistered = includesTier(project.tier, "registered");
    for (const path of ["CHANGELOG.md", "SECURITY.md"]) expect(files.has(path)).toBe(isRegistered);
    expect(files.has("bin/upgrade")).toBe(project.upgrade);
  });

  it("sets the server version in one line of one file", async () => {
    const { project, files } = await emit(answers);
    const lines = [...files]
      .filter(([path]) => path !== "CHANGELOG.md")
      .flatMap(([path, text]) => text.split("\n").map((line) => ({ path, line })))
      .filter(({ line }) => line.includes(project.serverVersion));
    expect(lines).toHaveLength(1);
    expect(lines[0]?.path).toBe(project.platform.versionLine.path);
    expect(lines[0]?.line).toContain(project.platform.versionLine.variable);
  });

  it("leaves no placeholder, no trailing space, and one line break at each end", async () => {
    const { files } = await emit(answers);
    for (const [path, text] of files) {
      expect(text, path).not.toMatch(
        /\[(OPERATING_SYSTEM|NAME|CREATOR|and upgrades)\]|undefined|<%|%>/,
      );
      expect(text, path).not.toMatch(/[ \t]+$/m);
      expect(text, path).toMatch(/[^\n]\n$/);
      expect(text, path).not.toContain("\r");
      expect(text, path).not.toMatch(/\n\n\n/);
    }
  });
});

describe("an upgrade command", () => {
  it("is emitted below Certified on request, and the description says so", async () => {
    const { files, readme } = await emit({ tier: "community", upgrade: true });
    expect(files.has("bin/upgrade")).toBe(true);
    expect(readme).toContain("installs and upgrades a Mattermost server");
  });

  it("is not spoken of where there is none", async () => {
    const { files, readme } = await emit({ tier: "registered" });
    expect(readme).toContain(description);
    expect(readme).not.toContain("## Upgrade");
    for (const [path, text] of files) expect(text, path).not.toMatch(/bin\/upgrade(?!-postgres)/);
  });
});

it("documents each unofficial system under its heading", async () => {
  const { readme } = await emit({ os: ["debian-12", "rocky-linux-9", "fedora"] });
  const section = readme.split("### Unofficial options")[1]?.split("\n## ")[0] ?? "";
  expect(section).toContain("- Rocky Linux 9\n");
  expect(section).toContain("- Fedora\n");
  expect(section).not.toContain("Debian 12");
});

it("renders the same bytes for the same answers", async () => {
  const [first, second] = [
    await emit({ os: ["rhel-9", "debian-12"] }),
    await emit({ os: ["debian-12", "rhel-9"] }),
  ];
  expect(first.rendered).toEqual(second.rendered);
});

/** The text without the Markdown of links and code, in which sentences are looked for. */
function unmarked(text: string): string {
  return text.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replaceAll("`", "");
}
