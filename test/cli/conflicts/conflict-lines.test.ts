import { expect, it } from "vitest";
import { conflictLines } from "../../../generators/_core/cli/conflicts/conflict-lines.ts";

const plain = { out: () => {}, error: () => {}, hasColor: false };

it.for([
  [
    "word by word, where most words are common",
    "restart it always, please",
    "restart it never, please",
    ["  restart it [-always,-] {+never,+} please"],
  ],
  [
    "line by line, where few are",
    "  restart: no",
    "  stop: unless-stopped",
    ["-   restart: no", "+   stop: unless-stopped"],
  ],
  [
    "with what both sides have",
    "a b c\nsame\nold",
    "a b x\nsame\n",
    ["  a b [-c-] {+x+}", "  same", "- old", "+ "],
  ],
  ["with a side that is empty", "", "new\nlines", ["+ new", "+ lines"]],
  ["with what a terminal would obey spelled out", "a\u001B[2Jb", "", ["- a\\u{1b}[2Jb"]],
  [
    "with names of what every object has",
    "__proto__ constructor a",
    "__proto__ constructor b",
    ["  __proto__ constructor [-a-] {+b+}"],
  ],
] as const)("shows a conflict %s", ([, ours, theirs, lines]) => {
  expect(conflictLines(plain, { ours, base: "", theirs }, "", 12)).toEqual(lines);
});

it("goes on beneath what does not fit, between words, without losing one", () => {
  const ours = Array.from({ length: 40 }, (_, index) => `word${index}`).join(" ");
  const conflict = { ours: `    ${ours}`, base: "", theirs: "" };
  const lines = conflictLines({ ...plain, columns: 80 }, conflict, "      ", 12);
  expect(lines.every((line) => line.length <= 80)).toBe(true);
  expect(lines[0]).toMatch(/^ {6}- {5}word0 word1 /);
  expect(lines.slice(1).every((line) => /^ {8}word/.test(line))).toBe(true);
  expect(lines.join(" ").trim().split(/\s+/).slice(1)).toEqual(ours.split(" "));
});

it("says how much it leaves out", () => {
  const conflict = { ours: "a\nb\nc\nd", base: "", theirs: "" };
  expect(conflictLines(plain, conflict, "  ", 2)).toEqual(["  - a", "  - b", "  … 2 more lines"]);
});
