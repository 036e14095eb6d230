import { describe, expect, it } from "vitest";
import { UserError } from "../../../generators/_core/user-error.ts";
import { callOf } from "../../run-creation.ts";

describe("a command line", () => {
  it.for([
    [[], { directory: undefined, flags: {}, defaults: false }],
    [["my-deployment", "--defaults"], { directory: "my-deployment", defaults: true }],
    [
      ["--os", "debian-12", "--os=rhel-9,oracle-linux-9"],
      { flags: { os: ["debian-12", "rhel-9", "oracle-linux-9"] } },
    ],
    [["--creator", "10.10"], { flags: { creator: "10.10" } }],
    [["--name", "a", "--name", "b"], { flags: { name: "b" } }],
    [["--no-upgrade"], { flags: { upgrade: false } }],
    [
      ["--upgrade", "--server-version=11.7.9"],
      { flags: { upgrade: true, serverVersion: "11.7.9" } },
    ],
    [["--answers", "-", "--dry-run", "--json"], { answers: "-", dryRun: true, json: true }],
    [["--", "--defaults"], { directory: "--defaults", defaults: false }],
  ] as const)("%j is read", async ([words, call]) => {
    expect(await callOf(words)).toMatchObject(call);
  });

  it("that is wrong names everything that is wrong", async () => {
    expect(
      await problemsOf(["a", "--teir", "certified", "--defaults=yes", "--name", "-x"]),
    ).toEqual([
      "--teir: found an option that does not exist; did you mean --tier?",
      "--defaults: found a value, expected none",
      "--name: found no value, expected one",
    ]);
    expect(await problemsOf(["--restore=", "--plan= ", "--apply", "x"])).toEqual([
      "--restore: found no value, expected one",
      "--plan: found no value, expected one",
      "--plan and --apply: found both, expected one of them",
    ]);
    expect(await problemsOf(["a", "b"])).toEqual(["found 2 folders (a, b), expected one"]);
  });
});

async function problemsOf(words: readonly string[]): Promise<readonly string[]> {
  try {
    await callOf(words);
  } catch (error) {
    if (error instanceof UserError) return error.problems;
    throw error;
  }
  throw new Error("nothing was wrong");
}
