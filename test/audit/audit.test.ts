import { describe, expect, it } from "vitest";
import { exitCodeOf } from "../../generators/_core/audit/audit.ts";
import { tierOf, type Outcome } from "../../generators/_core/audit/report.ts";
import type { Tier } from "../../generators/_core/program/tier.ts";
import { auditOf, reportOf } from "./formats/audits.ts";

describe("the tier of a report", () => {
  it.for<[Outcome, Tier | "none", Tier | "none"]>([
    ["met", "certified", "certified"],
    ["not-applicable", "certified", "certified"],
    ["attest", "certified", "certified"],
    ["variant", "certified", "community"],
    ["outdated", "certified", "community"],
    ["waived", "certified", "community"],
    ["near", "community", "community"],
    ["unmet", "community", "community"],
    ["unknown", "community", "community"],
  ])(
    "with a requirement of Registered that is %s is %s, strictly %s",
    ([outcome, tier, strict]) => {
      const { requirements } = reportOf({ changelog: { outcome } });
      expect(tierOf(requirements)).toBe(tier);
      expect(tierOf(requirements, true)).toBe(strict);
    },
  );

  it("is none without the requirements of Community", () => {
    const { tier } = reportOf({ "documentation-description": { outcome: "near" } });
    expect(tier).toBe("none");
  });
});

describe("the exit code", () => {
  it.for<[Outcome, Tier | undefined, boolean, number]>([
    ["unmet", undefined, false, 0],
    ["unmet", "community", false, 0],
    ["unmet", "registered", false, 1],
    ["unmet", "certified", false, 1],
    ["variant", "registered", false, 0],
    ["variant", "registered", true, 1],
    ["unknown", "community", false, 0],
    ["unknown", "registered", false, 3],
    ["unknown", undefined, false, 3],
  ])(
    "of a requirement of Registered that is %s, where %s is asked for (strictly: %s), is %d",
    ([outcome, required, strict, code]) => {
      const report = reportOf({ changelog: { outcome } });
      expect(exitCodeOf(auditOf(report, { required, strict }))).toBe(code);
    },
  );

  it("is certain where another requirement is missing for sure", () => {
    const report = reportOf({
      changelog: { outcome: "unknown" },
      "security-commitment": { outcome: "unmet" },
    });
    expect(exitCodeOf(auditOf(report, { required: "registered" }))).toBe(1);
    expect(exitCodeOf(auditOf(report))).toBe(0);
  });
});
