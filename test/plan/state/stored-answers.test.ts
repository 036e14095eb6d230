import { expect, it } from "vitest";
import { formatStore, parseStore } from "../../../generators/_core/plan/state/stored-answers.ts";

it("replaces its own answers and keeps those of other generators", () => {
  const text = JSON.stringify({
    "generator-other": { a: 1 },
    "generator-mattermost-deployment": { tier: "community" },
  });
  const next = formatStore(text, { tier: "certified" });
  expect(JSON.parse(next)).toEqual({
    "generator-other": { a: 1 },
    "generator-mattermost-deployment": { tier: "certified" },
  });
  expect(parseStore(next)).toEqual({ tier: "certified" });
});

it.for(["{", "[]", "7", '{"generator-mattermost-deployment": "certified"}'])(
  "refuses %s",
  (text) => {
    expect(() => parseStore(text)).toThrow(/\.yo-rc\.json cannot be read/);
  },
);

it("indents as the text does", () => {
  const text = '{\n\t"generator-other": {\n\t\t"a": 1\n\t}\n}\n';
  expect(formatStore(text, {})).toContain('\n\t"generator-other": {\n\t\t"a": 1\n\t},\n');
});

it("leaves a text with the same answers as it is, however it is formatted", () => {
  const text =
    '{ "generator-mattermost-deployment": {"tier":"certified"}, "big": 12345678901234567890 }';
  expect(formatStore(text, { tier: "certified" })).toBe(text);
});
