import { describe, expect, it } from "vitest";
import { upgradePath } from "../../generators/_core/mattermost/upgrade-path.ts";
import { parseVersion } from "../../generators/_core/mattermost/version.ts";

describe("the path of an upgrade", () => {
  it.for([
    ["11.6.0", "11.7.9", { kind: "allowed", stops: [] }],
    ["11.7.9", "11.7.9", { kind: "same" }],
    ["11.7.9", "11.6.6", { kind: "downgrade" }],
    ["10.11.16", "11.7.2", { kind: "allowed", stops: [] }],
    ["10.11.17", "11.7.3", { kind: "allowed", stops: [] }],
    ["10.11.23", "11.8.1", { kind: "allowed", stops: [] }],
    ["6.3.0", "11.7.9", { kind: "allowed", stops: ["7.1"] }],
    ["5.20.0", "11.7.9", { kind: "allowed", stops: ["5.37", "7.1"] }],
    ["5.20.0", "5.37.10", { kind: "allowed", stops: [] }],
    ["6.3.0", "7.1.9", { kind: "allowed", stops: [] }],
  ] as const)("from %s to %s", ([from, to, path]) => {
    expect(upgradePath(version(from), version(to))).toEqual(path);
  });

  it.for([
    ["10.11.17", "11.7.2", "11.7.3"],
    ["10.11.23", "11.0.7", "11.7.3"],
    ["10.11.23", "11.8.0", "11.8.1"],
  ] as const)("from %s to %s is forbidden in favour of %s", ([from, to, instead]) => {
    expect(upgradePath(version(from), version(to))).toMatchObject({ kind: "forbidden", instead });
  });
});

function version(text: string) {
  const parsed = parseVersion(text);
  if (!parsed) throw new Error(text);
  return parsed;
}
