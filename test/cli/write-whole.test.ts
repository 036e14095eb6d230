import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeWhole } from "../../generators/_core/cli/write-whole.ts";
import { temporaryFolder } from "../temporary-folder.ts";

/** A number that no process has. */
const dead = 4_194_305;

describe("a file that is written whole", () => {
  it("stands there, and nothing beside it", () => {
    const folder = temporaryFolder();
    writeWhole(join(folder, "a.json"), "old\n", "a.json");
    writeWhole(join(folder, "a.json"), "new\n", "a.json");
    expect(readdirSync(folder)).toEqual(["a.json"]);
    expect(readFileSync(join(folder, "a.json"), "utf8")).toBe("new\n");
  });

  it("leaves the files of the user alone that are called much like it", () => {
    const folder = temporaryFolder();
    const own = ["a.json.new", ".a.json", ".a.json.mattermost-deployment-mine"];
    for (const name of own) writeFileSync(join(folder, name), name);
    writeWhole(join(folder, "a.json"), "{}\n", "a.json");
    for (const name of own) expect(readFileSync(join(folder, name), "utf8")).toBe(name);
  });

  it("takes along what a run left that was killed, and leaves what another is at", () => {
    const folder = temporaryFolder();
    const [gone, there] = [dead, process.ppid].map((id) =>
      join(folder, `.a.json.mattermost-deployment-${id}`),
    );
    for (const path of [gone, there]) writeFileSync(path ?? "", "half");
    writeWhole(join(folder, "a.json"), "{}\n", "a.json");
    expect(existsSync(gone ?? "")).toBe(false);
    expect(existsSync(there ?? "")).toBe(true);
  });

  it("is not begun where it cannot be finished", () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "a.json/full"), { recursive: true });
    expect(() => writeWhole(join(folder, "a.json"), "{}\n", "a.json")).toThrow(
      /^a\.json: it cannot be written \(\w+\)/,
    );
    expect(readdirSync(folder)).toEqual(["a.json"]);
  });
});
