import { describe, expect, it } from "vitest";
import { compareVersions, parseVersion } from "../../generators/_core/mattermost/version.ts";

describe("a server version", () => {
  it.for([
    ["11.7.9", { major: 11, minor: 7, patch: 9 }],
    ["0.0.0", { major: 0, minor: 0, patch: 0 }],
  ] as const)("%s is read", ([text, version]) => {
    expect(parseVersion(text)).toEqual(version);
  });

  it.for([
    "v11.7.9",
    "11.7",
    "latest",
    "11.7.9 ",
    "11.7.09",
    "release-11",
    "",
    "1e1.0.0",
    "11.7.9\n",
  ])("%j is refused", (text) => {
    expect(parseVersion(text)).toBeUndefined();
  });

  it("orders by number and not by letter", () => {
    const [old, young] = [parseVersion("9.11.18"), parseVersion("11.0.7")];
    expect(old && young && compareVersions(old, young)).toBeLessThan(0);
  });
});
