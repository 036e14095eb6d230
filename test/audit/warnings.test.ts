import { describe, expect, it } from "vitest";
import { formatLock } from "../../generators/_core/plan/state/lock.ts";
import { follower, judge, type Files } from "./follower.ts";

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
