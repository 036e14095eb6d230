import { describe, expect, it } from "vitest";
import { defaultVersion } from "../../generators/_core/mattermost/releases.ts";
import { adviseVersion } from "../../generators/_core/mattermost/version-advice.ts";

const today = "2026-11-22";

describe("advice on a server version", () => {
  it("finds nothing wrong with the default", () => {
    expect(defaultVersion).toBe("11.7.9");
    expect(adviseVersion(defaultVersion, today)).toEqual({ kind: "good" });
  });

  it.for([
    ["11.10.0", today, "unsupported"],
    ["10.11.23", today, "unsupported"],
    ["9.3.0", today, "unsupported"],
    ["11.10.0", "2026-11-15", "good"],
    ["11.10.0", "2026-11-16", "unsupported"],
    ["latest", today, "unknown"],
    ["11.7", today, "unknown"],
    ["13.0.0", today, "unknown"],
    ["11.7.3", today, "warning"],
    ["11.7.12", today, "warning"],
    ["11.11.0", today, "warning"],
    ["12.0.1", today, "warning"],
    ["12.1.0", today, "warning"],
    ["12.2.0", today, "unknown"],
    ["12.2.0", "2026-12-16", "warning"],
  ] as const)("%s on %s is %s", ([version, day, kind]) => {
    expect(adviseVersion(version, day).kind).toBe(kind);
  });

  it.for(["11.10.0", "nonsense", "99.0.0"])("names what to use instead of %s", (version) => {
    expect(adviseVersion(version, today)).toMatchObject({ instead: "11.7.9" });
  });
});
