import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../temporary-folder.ts";
import { checkout, succeed } from "./tools.ts";

const command = join(checkout, "dist/command.js");
const identity = ["-c", "user.name=Example Org", "-c", "user.email=org@example.org"];

/** A project in a repository of its own, committed. */
function repository(): string {
  const folder = join(temporaryFolder(), "made");
  mkdirSync(folder);
  succeed("node", [command, folder, "--creator", "Example Org", "--defaults"]);
  succeed("git", ["-C", folder, "init", "--quiet"]);
  commit(folder, "first");
  return folder;
}

function commit(folder: string, message: string): void {
  succeed("git", ["-C", folder, "add", "--all"]);
  succeed("git", ["-C", folder, ...identity, "commit", "--quiet", "--message", message]);
}

function status(folder: string): readonly string[] {
  const out = succeed("git", ["-C", folder, "status", "--porcelain"]);
  return out.split("\n").filter((line) => line !== "");
}

function update(folder: string): void {
  succeed("node", [command, folder, "--defaults", "--edition", "enterprise"]);
}

it("commits what the next run needs, and nothing that only one checkout needs", () => {
  const folder = repository();
  expect(status(folder)).toEqual([]);
  update(folder);
  const changed = status(folder).map((line) => line.slice(3));
  expect(changed).toContain("compose.yaml");
  expect(changed).toContain(".mattermost-deployment/lock.json");
  expect(changed.filter((path) => /undo|journal|running/.test(path))).toEqual([]);
});

it("updates a clone, which has what an update needs", () => {
  const folder = repository();
  const clone = join(temporaryFolder(), "clone");
  succeed("git", ["clone", "--quiet", folder, clone]);
  appendFileSync(join(clone, "README.md"), "\nMine.\n");
  update(clone);
  expect(readFileSync(join(clone, "README.md"), "utf8")).toMatch(/Enterprise[\s\S]*\nMine\.\n$/);
});

it("updates a tree with uncommitted changes, and undo gives them back", () => {
  const folder = repository();
  const compose = join(folder, "compose.yaml");
  appendFileSync(compose, "# mine, not committed\n");
  writeFileSync(join(folder, "notes.txt"), "mine\n");
  const before = status(folder);
  update(folder);
  expect(readFileSync(compose, "utf8")).toMatch(/enterprise[\s\S]*# mine, not committed\n$/);
  succeed("node", [command, "undo", folder]);
  expect(status(folder)).toEqual(before);
});

it("updates a worktree, and leaves the tree beside it alone", () => {
  const folder = repository();
  const worktree = join(temporaryFolder(), "worktree");
  succeed("git", ["-C", folder, "worktree", "add", "--quiet", "-b", "other", worktree]);
  update(worktree);
  expect(status(worktree).length).toBeGreaterThan(3);
  expect(status(folder)).toEqual([]);
});
