import { expect, it } from "vitest";
import { doctoredProject } from "./doctored-project.ts";

const project = await doctoredProject("docker");
const untouched = await project.judge(() => {});

interface Case {
  readonly title: string;
  /** The requirements that fail; all others stay as they are. */
  readonly fails: readonly string[];
  readonly change: (files: Map<string, string>) => void;
}

const edit = (path: string, change: (text: string) => string) => (files: Map<string, string>) => {
  const before = files.get(path) ?? "";
  const after = change(before);
  if (after === before) throw new Error(`${path} does not change`);
  files.set(path, after);
};
const upgrade = ["upgrade-command", "upgrade-procedure"];
const changelog = ["changelog"];
const versions = ["security-version-line"];

const cases: readonly Case[] = [
  {
    title: "a changelog that is gone",
    fails: changelog,
    change: (files) => files.delete("CHANGELOG.md"),
  },
  {
    title: "an empty changelog",
    fails: changelog,
    change: (files) => files.set("CHANGELOG.md", ""),
  },
  {
    title: "a changelog of headings",
    fails: changelog,
    change: (files) => files.set("CHANGELOG.md", "# Changelog\n\n## Unreleased\n\n## 1.0.0\n"),
  },
  {
    title: "a changelog in a comment",
    fails: changelog,
    change: edit("CHANGELOG.md", (text) => `<!--\n${text}\n-->\n`),
  },
  {
    title: "a changelog that points elsewhere",
    fails: changelog,
    change: (files) => files.set("CHANGELOG.md", "See the releases page.\n"),
  },
  {
    title: "a second line that sets the version",
    fails: versions,
    change: (files) =>
      files.set("bin/fetch.sh", "docker pull mattermost/mattermost-team-edition:11.7.8\n"),
  },
  {
    title: "a floating version",
    fails: versions,
    change: edit("compose.yaml", (text) => text.replace(/:-11\.\d+\.\d+\}/, ":-latest}")),
  },
  {
    title: "an upgrade that is not there",
    fails: upgrade,
    change: (files) => files.delete("bin/upgrade"),
  },
  {
    title: "an empty upgrade",
    fails: upgrade,
    change: (files) => files.set("bin/upgrade", "#!/usr/bin/env bash\n"),
  },
  {
    title: "an upgrade that prints what it should do",
    fails: upgrade,
    change: (files) =>
      files.set("bin/upgrade", "#!/bin/sh\necho pg_dump\necho docker compose up -d\n"),
  },
  {
    title: "an upgrade that keeps nothing",
    fails: ["upgrade-procedure"],
    change: (files) =>
      files.set("bin/upgrade", "#!/bin/sh\ndocker compose pull\ndocker compose up -d\n"),
  },
  {
    title: "a command that the README forbids",
    fails: upgrade,
    change: edit("README.md", (text) =>
      text
        .replace(/```[a-z]*\n[^`]*bin\/upgrade\n```/, "Never run `bin/upgrade`.")
        .replace(/^.*`bin\/upgrade[ `].*$/gm, "")
        .replace(/^## Upgrade[\s\S]*?(?=^## )/m, "## Upgrade\n\nNever run `bin/upgrade`.\n\n"),
    ),
  },
  {
    title: "systems that are no longer supported",
    fails: ["installation-platform"],
    change: edit("README.md", (text) =>
      text
        .replace(/Ubuntu 2[24]\.04 LTS/g, "Ubuntu 16.04")
        .replace(/Debian 12|Red Hat Enterprise Linux 9/g, "Debian 8"),
    ),
  },
  {
    title: "another unofficial system without a word on it",
    fails: ["documentation-unofficial-options"],
    change: edit("README.md", (text) =>
      text.replace("| Debian 12 |", "| Rocky Linux 9 | tested |\n| Debian 12 |"),
    ),
  },
];

it.for(cases)("$title fails $fails", async ({ change, fails }) => {
  const outcomes = await project.judge(change);
  expect(Object.keys(outcomes).filter((id) => !isPassing(outcomes[id]))).toEqual(fails);
  for (const id of Object.keys(outcomes).filter((other) => isPassing(outcomes[other]))) {
    expect(outcomes[id], id).toBe(untouched[id]);
  }
});

function isPassing(outcome: string | undefined): boolean {
  return ["met", "variant", "outdated", "attest", "not-applicable"].includes(outcome ?? "");
}
