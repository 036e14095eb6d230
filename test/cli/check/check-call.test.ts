import { describe, expect, it } from "vitest";
import { parseCheckCall } from "../../../generators/_core/cli/check/check-call.ts";
import { givenBy } from "../../../generators/_core/cli/given.ts";
import { check } from "../../checked-project.ts";
import { schemaProblems } from "../../schema-problems.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

describe("a call of check", () => {
  it.for<[readonly string[], RegExp]>([
    [["a", "b"], /found 2 folders \(a, b\)/],
    [["--require", "gold"], /--require: found gold, expected one of community, registered/],
    [["--require", "certifed"], /--require: found certifed, expected certified/],
    [["--require"], /--require: found no value/],
    [["--format", "pictures"], /--format: found pictures, expected one of terminal, json/],
    [["--json", "--format", "sarif"], /--format: found sarif and json, expected one/],
    [["--out", "report.html"], /--out: found report\.html, expected FORMAT=FILE/],
    [["--out", "pdf=report.pdf"], /--out: found pdf, expected one of/],
    [["--out", "html=x", "--out", "json=x"], /html=x|json=x: found twice/],
    [["--fix=changelogs"], /--fix: found changelogs, expected changelog/],
    [["--dry-run"], /--dry-run: found without --fix/],
    [["--strickt"], /did you mean --strict\?/],
  ])("that is wrong is refused: %s", async ([words, message]) => {
    const { code, error, out } = await check(words, temporaryFolder());
    expect(code).toBe(2);
    expect(error).toMatch(message);
    if (words.includes("--json")) expect(schemaProblems("report", JSON.parse(out))).toEqual([]);
  });

  it("reads fixes for all and for one", () => {
    expect(callOf(["dir"], { fix: [true] })).toMatchObject({
      directory: "dir",
      fix: { missing: true, replaced: [] },
    });
    expect(callOf([], { fix: ["changelog", "branding-name"] })).toMatchObject({
      fix: { missing: false, replaced: ["changelog", "branding-name"] },
    });
    expect(callOf([], {})).toMatchObject({ directory: ".", fix: undefined });
  });
});

function callOf(
  folders: readonly string[],
  values: Readonly<Record<string, readonly (string | boolean)[]>>,
) {
  return parseCheckCall(givenBy(folders, (flag) => values[flag] ?? []));
}
