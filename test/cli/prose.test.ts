import { expect, it } from "vitest";
import { labelled, prose } from "../../generators/_core/cli/prose.ts";

const print = { out: () => {}, error: () => {} };
const narrow = { ...print, hasColor: false, columns: 40 };
const sentence = "one two three four five six seven eight nine ten eleven";

it("breaks between words where a person looks, and stands further in then", () => {
  expect(prose(narrow, sentence, "  ")).toBe(
    "  one two three four five six seven\n    eight nine ten eleven",
  );
  expect(prose({ ...narrow, columns: undefined }, sentence, "  ")).toBe(`  ${sentence}`);
});

it("leaves a word whole that is longer than a line", () => {
  const address = `https://example.org/${"x".repeat(60)}`;
  expect(prose(narrow, `see ${address} there`)).toBe(`see\n  ${address}\n  there`);
});

it("colours the label alone", () => {
  expect(labelled({ ...narrow, hasColor: true }, "yellow", "warning", sentence)).toBe(
    "\u001B[33mwarning\u001B[0m: one two three four five six\n  seven eight nine ten eleven",
  );
});
