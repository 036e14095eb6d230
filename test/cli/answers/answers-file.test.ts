import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { refused, run } from "../../run-creation.ts";
import { schemaProblems } from "../../schema-problems.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

describe("an answers file", () => {
  it.for([
    ["answers.json", '{"$schema": "x", "platform": "linux", "tier": "registered"}'],
    ["answers.yaml", "platform: linux\ntier: registered\n"],
  ] as const)("can be %s", async ([name, text]) => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, name), text);
    const { code, out } = await run(cwd, { answers: join(cwd, name) });
    expect(code).toBe(0);
    expect(out).toContain("Registered");
  });

  it.for([
    ["{", /not valid YAML or JSON/],
    ["a: [", /not valid YAML or JSON/],
    ["serverVersion: 11.7\n", /found 11\.7, expected text, in quotes/],
    ["tier: certified\ntier: community\n", /Map keys must be unique/],
    ["- a\n", /no mapping of keys/],
    ["", /no mapping of keys/],
    ["teir: certified\n", /key teir: found a key that is no question; did you mean tier\?/],
  ] as const)("that holds %j is refused", async ([text, message]) => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "answers.yaml"), text);
    await refused(cwd, { answers: join(cwd, "answers.yaml") }, message);
  });

  it("that is not there is refused", async () => {
    await refused(temporaryFolder(), { answers: "/nowhere/answers.yaml" }, /there is no such file/);
  });

  it("is described by the published schema", () => {
    const answers = { platform: "docker", os: ["debian-12"], proxy: "nginx" };
    expect(schemaProblems("answers", answers)).toEqual([]);
    expect(schemaProblems("answers", { platfrom: "docker" })).not.toEqual([]);
    expect(schemaProblems("answers", { tier: "gold" })).not.toEqual([]);
  });
});
