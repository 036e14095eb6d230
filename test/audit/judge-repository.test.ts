import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  examineRepository,
  judgeRepository,
} from "../../generators/_core/audit/judge-repository.ts";
import { requirements } from "../../generators/_core/program/requirements.gen.ts";
import { readSnapshot } from "../../generators/_core/repository/read-snapshot.ts";
import { snapshotOf } from "../../generators/_core/repository/snapshot.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { emit, today } from "../projects.ts";
import { formatLock } from "../../generators/_core/plan/state/lock.ts";

const world = { today, packageVersion: "1.0.0" };

type Files = Readonly<Record<string, string>>;

/** A deployment by hand that follows the program in the words of 2017, in reStructuredText. */
const follower: Files = {
  "README.rst": `=====
 Chat
=====

This module installs and upgrades a Mattermost server to provide secure, private
cloud messaging for teams and enterprises. More information is available at:
https://about.mattermost.com

Please see \`the documentation <https://docs.mattermost.com>\`__ for official
documentation.

Following automated deployment, the following steps are required to make your
system production-ready:

* \`Configure SSL for Mattermost <https://about.mattermost.com/ssl-configuration/>\`__
* \`Configure SMTP email for Mattermost <https://about.mattermost.com/smtp-configuration/>\`__

Supported systems
=================

Debian 12

Unofficial: Rocky Linux 9, at your own risk.

Upgrading
=========

.. code:: sh

   ./upgrade.sh

Security
========

We highly recommend users subscribe to the Mattermost security updates email
list. When notified of a security update, the maintainers of this module
will make an effort to update to the secure version within 10 days.

Name
====

The name for this deployment solution in the context of \`Mattermost branding
guidelines <https://www.mattermost.org/brand-guidelines/>\`__ is
\`\`Chat for Mattermost by Example Org\`\`.
`,
  "History.rst": "1.0.0\n-----\n\n* Mattermost 11.7.9\n",
  "version.conf": "MATTERMOST_VERSION=11.7.9\n",
  "install.sh":
    "#!/bin/sh\n. ./version.conf\ncurl -O https://releases.mattermost.com/$MATTERMOST_VERSION/x.tar.gz\n",
  "upgrade.sh":
    "#!/bin/sh\npg_dump mattermost >backup.sql\ncp -a config data backup/\nsystemctl restart mattermost\n",
};

describe("somebody else's deployment", () => {
  it("reaches the tier that its words and files show, with evidence for each", async () => {
    const report = await judge(follower);
    expect(outcomes(report)).toEqual({
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
        expect(["near", "unmet", "not-applicable"]).toContain(outcomes(report)[id]);
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
    expect(outcomes(mixed)["installation-rhel-equivalent"]).toBe("not-applicable");
    expect(mixed.warnings.map(({ id }) => id)).toContain("installation-rhel-equivalent");
    const alone = await judge({ ...follower, "README.rst": readme.replace("Debian 12, ", "") });
    expect(outcomes(alone)["installation-rhel-equivalent"]).toBe("unmet");
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

describe("warnings", () => {
  const cases: readonly (readonly [string, Files])[] = [
    ["version-unsupported", { "version.conf": "MATTERMOST_VERSION=9.5.1\n" }],
    ["version-unknown", { "version.conf": "MATTERMOST_VERSION=42.0.0\n" }],
    ["version-behind", { "version.conf": "MATTERMOST_VERSION=11.7.2\n" }],
    ["versions-disagree", { "other.conf": "MATTERMOST_VERSION=11.7.8\n" }],
    ["version-floating", { "compose.yaml": "image: mattermost/mattermost-team-edition:latest\n" }],
    ["changelog-behind", { "History.rst": "1.0.0\n-----\n\n* First\n" }],
    ["default-password", { ".env": "POSTGRES_PASSWORD=mmuser_password\n" }],
    ["security-alert-disabled", { "config.json": '"EnableSecurityFixAlert": false\n' }],
    [
      "boilerplate-outdated",
      {
        ".mattermost-deployment/lock.json":
          '{"schemaVersion": 1, "generator": "0.1.0", "program": "2022-03-04", "files": {}}',
      },
    ],
    [
      "boilerplate-conflict",
      {
        ".mattermost-deployment/lock.json": formatLock({
          generator: "0.1.0",
          program: "2025-07-31",
          isAdopted: false,
          files: {
            "compose.yaml": {
              ownership: "merged",
              sha256: "a".repeat(64),
              isExecutable: false,
              state: "conflict",
            },
          },
        }),
      },
    ],
  ];
  it.for(cases)("name %s with its place", async ([id, files]) => {
    const before = await judge(follower);
    expect(before.warnings.map((warning) => warning.id)).not.toContain(id);
    const report = await judge({ ...follower, ...files });
    const warning = report.warnings.find((candidate) => candidate.id === id);
    expect(warning?.evidence[0]?.path).toMatch(
      new RegExp(Object.keys(files).join("|").replaceAll(".", "\\.") + "|version.conf"),
    );
    expect(warning?.advice).not.toBe("");
  });
});

describe("what cannot be read", () => {
  it.for([
    ["not UTF-8", (path: string) => writeFileSync(path, Buffer.from([0x63, 0xe9, 0x0a]))],
    ["binary", (path: string) => writeFileSync(path, "a\0b")],
    [
      "too large",
      (path: string) => {
        writeFileSync(path, "");
        truncateSync(path, 50 * 1024 * 1024);
      },
    ],
    ["a link out of the repository", (path: string) => symlinkSync("/etc/hostname", path)],
  ] as const)("makes statements unknown: %s", async ([why, make]) => {
    const folder = temporaryFolder();
    make(join(folder, "README.md"));
    writeFileSync(
      join(folder, "compose.yaml"),
      "image: mattermost/mattermost-team-edition:11.7.9\n",
    );
    const report = await judgeRepository(readSnapshot(folder, "here"), world);
    const found = report.requirements.find(({ id }) => id === "security-commitment");
    expect(found).toMatchObject({ outcome: "unknown" });
    expect(found?.advice).toContain(why);
    expect(report.tier).toBe("none");
    expect(report.repository).toMatchObject({ path: "here", commit: null, platform: "docker" });
    expect(report.warnings.map(({ id }) => id)).toContain("readme-unread");
  });

  it("is no excuse where another document says it", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "docs"));
    for (const [path, text] of Object.entries(follower)) {
      writeFileSync(join(folder, path === "README.rst" ? "docs/README.rst" : path), text);
    }
    writeFileSync(join(folder, "README.md"), "a\0b");
    const report = await judgeRepository(readSnapshot(folder), world);
    expect(report.tier).toBe("certified");
  });

  it.for([
    ["lines of one word", `${"mattermost_version".repeat(100)}\n`.repeat(500)],
    ["names of variables", "mm".repeat(900).concat("version\n").repeat(500)],
    ["upgrades that are denied", "does not support ".repeat(20_000)],
    ["systems", "Ubuntu 22.04, ".repeat(20_000)],
    ["upgrade headings", "## Upgrade\n\nbin/upgrade\n\n".repeat(8000)],
    [
      "sentences of the program",
      "Please see https://docs.mattermost.com for official. ".repeat(4000),
    ],
    ["links", "[a](b.md) ".repeat(20_000)],
    ["platforms", "kind: Deployment\ndocker run\n".repeat(15_000)],
  ] as const)("comes to an end for %s", async ([, text]) => {
    const files = {
      "README.md": text,
      "install.sh": text,
      "values.yaml": text,
      CHANGELOG: text,
      "metadata.json": `"operatingsystem_support"${text}`,
    };
    const report = await judge(files);
    expect(report.tier).toBe("none");
  });
});

it("says the same twice, and never less for known facts of a project of its own", async () => {
  const { project, files } = await emit({ platform: "linux", tier: "certified" });
  const snapshot = snapshotOf(files);
  const first = await examineRepository(snapshot, world);
  expect((await examineRepository(snapshot, world)).report).toEqual(first.report);
  const known = await judgeRepository(snapshot, { ...world, subject: project });
  expect(known.tier).toBe(first.report.tier);
});

async function judge(files: Files) {
  return judgeRepository(snapshotOf(new Map(Object.entries(files))), world);
}

function outcomes({ requirements: judged }: Awaited<ReturnType<typeof judge>>) {
  return Object.fromEntries(judged.map(({ id, outcome }) => [id, outcome]));
}
