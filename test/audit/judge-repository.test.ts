import { describe, expect, it } from "vitest";
import {
  examineRepository,
  judgeRepository,
} from "../../generators/_core/audit/judge-repository.ts";
import { requirements } from "../../generators/_core/program/requirements.gen.ts";
import { snapshotOf } from "../../generators/_core/repository/snapshot.ts";
import { emit } from "../projects.ts";
import { follower, judge, judgeWorld, outcomesOf } from "./follower.ts";

describe("somebody else's deployment", () => {
  it("reaches the tier that its words and files show, with evidence for each", async () => {
    const report = await judge(follower);
    expect(outcomesOf(report)).toEqual({
      "installation-basic-test": "attest",
      "installation-platform": "met",
      "installation-rhel-equivalent": "not-applicable",
      "documentation-description": "outdated",
      "documentation-official-link": "variant",
      "documentation-production-steps": "outdated",
      "documentation-unofficial-options": "met",
      "security-commitment": "variant",
      "security-version-line": "met",
      "branding-name": "outdated",
      changelog: "met",
      "upgrade-command": "met",
      "upgrade-procedure": "met",
    });
    expect(report.tier).toBe("certified");
    expect(report.pending).toEqual(["installation-basic-test"]);
    expect(report.repository).toMatchObject({
      platform: "linux",
      systems: ["debian-12", "rocky-linux-9"],
      serverVersions: [{ version: "11.7.9", path: "version.conf", line: 1 }],
    });
    for (const { evidence, outcome } of report.requirements) {
      if (["attest", "not-applicable"].includes(outcome)) continue;
      expect(evidence.length).toBeGreaterThan(0);
      for (const { path, line, text } of evidence) {
        const [first = ""] = text.split(/[\s`…]+/).filter(Boolean);
        const lines = (follower[path] ?? "").split("\n");
        expect(lines.slice(line - 1, line + 1).join("\n"), `${path}:${line}`).toContain(first);
      }
    }
  });

  it("reaches the tier below when its upgrade keeps nothing", async () => {
    const report = await judge({
      ...follower,
      "upgrade.sh": "#!/bin/sh\nsystemctl restart mattermost\n",
    });
    expect(report.tier).toBe("registered");
  });

  it("is judged by the file that its README links to", async () => {
    const { "README.rst": text = "", ...files } = follower;
    const linked = {
      ...files,
      "README.md": "# Chat\n\nSee [the manual](doc/manual.rst).\n",
      "doc/manual.rst": text,
    };
    expect((await judge(linked)).tier).toBe("certified");
    const unlinked = { ...linked, "README.md": "# Chat\n" };
    expect((await judge(unlinked)).tier).toBe("none");
  });

  it("reaches no tier by a page about the program", async () => {
    const page = `# The program\n\nThe README has to contain the statement \`Please see https://docs.mattermost.com for official documentation.\`\n\nThe README states:\n\n> ${(follower["README.rst"] ?? "").replace(/\n+/g, " ")}\n`;
    const report = await judge({ "README.md": page });
    for (const { id, evidence } of requirements) {
      if (evidence.kind === "text")
        expect(["near", "unmet", "not-applicable"]).toContain(outcomesOf(report)[id]);
    }
    expect(report.tier).toBe("none");
  });

  it("that does not deploy the server reaches no tier", async () => {
    expect(
      (await judge({ "README.md": "# A bot for Ubuntu 24.04\n", "bot.py": "import mattermost\n" }))
        .tier,
    ).toBe("none");
    expect((await judge({})).tier).toBe("none");
  });

  it("is only warned of a missing sentence where official systems stand beside equivalents", async () => {
    const readme = (follower["README.rst"] ?? "").replace("Debian 12", "Debian 12, Oracle Linux 9");
    const mixed = await judge({ ...follower, "README.rst": readme });
    expect(outcomesOf(mixed)["installation-rhel-equivalent"]).toBe("not-applicable");
    expect(mixed.warnings.map(({ id }) => id)).toContain("installation-rhel-equivalent");
    const alone = await judge({ ...follower, "README.rst": readme.replace("Debian 12, ", "") });
    expect(outcomesOf(alone)["installation-rhel-equivalent"]).toBe("unmet");
    expect(alone.tier).toBe("none");
  });
});

describe("a near miss", () => {
  it("says where it stands and which words differ", async () => {
    const readme = (follower["README.rst"] ?? "").replace("10 days", "30 days");
    const report = await judge({ ...follower, "README.rst": readme });
    const found = report.requirements.find(({ id }) => id === "security-commitment");
    expect(found?.outcome).toBe("near");
    expect(found?.advice).toContain('"30" changes what it says');
    expect(found?.near[0]).toMatchObject({ path: "README.rst", line: 35 });
    expect(found?.near[0]?.words).toContainEqual({ kind: "extra", text: "30" });
    expect(found?.near[0]?.words).toContainEqual({ kind: "missing", text: "10" });
    expect(report.tier).toBe("community");
  });

  it("in a comment says so", async () => {
    const report = await judge({
      "README.md": "<!-- Please see https://docs.mattermost.com for official documentation. -->\n",
    });
    const found = report.requirements.find(({ id }) => id === "documentation-official-link");
    expect(found?.outcome).toBe("near");
    expect(found?.advice).toContain("comment");
  });
});

it("says the same twice, and never less for known facts of a project of its own", async () => {
  const { project, files } = await emit({ platform: "linux", tier: "certified" });
  const snapshot = snapshotOf(files);
  const first = await examineRepository(snapshot, judgeWorld);
  expect((await examineRepository(snapshot, judgeWorld)).report).toEqual(first.report);
  const known = await judgeRepository(snapshot, { ...judgeWorld, subject: project });
  expect(known.tier).toBe(first.report.tier);
});
