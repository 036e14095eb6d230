import { expect, it } from "vitest";
import { formatLock, parseLock } from "../../../generators/_core/plan/state/lock.ts";

const old = { sha256: "a".repeat(64), isExecutable: true };
const file = { ...old, ownership: "merged", state: "settled" } as const;
const head = { generator: "0.1.0", program: "2025-07-31" };
const lock = { ...head, isAdopted: false, files: { "bin/upgrade": file } };

it("reads what it wrote", () => {
  expect(parseLock(formatLock(lock), "0.1.0")).toMatchObject(lock);
});

it("takes over a lock of the first shape, step by step", () => {
  const files = { "bin/upgrade": old, "README.md": old, "CHANGELOG.md": old };
  expect(parseLock(JSON.stringify({ ...head, schemaVersion: 1, files }), "0.1.0")).toEqual({
    ...head,
    schemaVersion: 2,
    isAdopted: false,
    files: {
      "bin/upgrade": file,
      "README.md": { ...file, ownership: "blocks" },
      "CHANGELOG.md": { ...file, ownership: "once" },
    },
  });
});

it.for([
  ["no JSON", "{"],
  ["no object", "[]"],
  ["a later form", JSON.stringify({ ...lock, schemaVersion: 3 })],
  ["a wrong type", JSON.stringify({ ...lock, schemaVersion: 2, files: [] })],
  ["a wrong type in the first shape", JSON.stringify({ ...lock, schemaVersion: 1, files: [] })],
  ["an owner that there is not", locked("a.txt", { ...file, ownership: "theirs" })],
  ["a place outside", locked("a.txt", { ...file, at: "../b.txt" })],
  ["a wrong hash", locked("a.txt", { ...file, sha256: "x" })],
  ["a path upwards", locked("../a.txt")],
  ["a path upwards in the middle", locked("a/../../b.txt")],
  ["an absolute path", locked("/etc/passwd")],
  ["a drive", locked("C:\\a.txt")],
  ["git's own folder", locked(".git/hooks/pre-commit")],
  ["git's own folder on a disk without case", locked("a/.GIT/config")],
  ["the answers", locked(".yo-rc.json")],
  ["its own folder", locked(".mattermost-deployment/lock.json")],
  ["an empty path", locked("")],
] as const)("refuses %s", ([, text]) => {
  expect(() => parseLock(text, "0.1.0")).toThrow(/lock\.json cannot be read/);
});

function locked(path: string, value: object = file) {
  return JSON.stringify({ ...lock, schemaVersion: 2, files: { [path]: value } });
}
