import { describe, expect, it } from "vitest";
import { formatStore, parseStore } from "../../../generators/_core/plan/state/stored-answers.ts";

const own = "generator-mattermost-deployment";

it("replaces its own answers and keeps those of other generators", async () => {
  const text = JSON.stringify({ "generator-other": { a: 1 }, [own]: { tier: "community" } });
  const next = await formatStore(text, { tier: "certified" });
  expect(next).toBe(JSON.stringify({ "generator-other": { a: 1 }, [own]: { tier: "certified" } }));
  expect(parseStore(next)).toEqual({ tier: "certified" });
});

/** What another generator may have written, and what JSON of this language would make something else of. */
const others = [
  '"generator-other": { "big": 12345678901234567890, "small": 1e-7,   "a": [1,  2]',
  '    , "\\u00e9\\/": -0.0, "10": 1, "2": 1, "__proto__": {} }',
];

describe.for([
  ["LF", "\n"],
  ["CRLF", "\r\n"],
])("in %s, every byte of another generator stays", ([, ending = ""]) => {
  it.for([
    ["where there are no answers yet", (rest: string) => `{\n    ${rest}\n}\n`],
    ["where its answers come last", (rest: string) => `{\n  ${rest},\n  "${own}": {"a": 1}\n}`],
    ["where its answers come first", (rest: string) => `\uFEFF{\n\t"${own}": 0,\n\t${rest}}\n\n`],
    ["in one line", (rest: string) => `{ ${rest.replace("\n", "")} }`],
    ["without an indent", (rest: string) => `{\n${rest}\n}`],
    ["with the key twice", (rest: string) => `{"${own}": {}, ${rest}, "${own}": {"b": 2}}`],
  ] as const)("%s", async ([, write]) => {
    const rest = others.join("\n").replaceAll("\n", ending);
    const text = write(others.join("\n")).replaceAll("\n", ending);
    const answers = { tier: "certified", os: ["debian-12"] };
    const next = await formatStore(text, answers);
    expect(parseStore(next)).toEqual(answers);
    expect(next).toContain(text.includes(rest) ? rest : rest.replaceAll(ending, ""));
    // Without the answers it is what it was, but for the comma in front of them.
    const at = text.lastIndexOf(`"${own}"`);
    const [start, end] = at === -1 ? split(text, next) : [text.slice(0, at), text.slice(-2)];
    expect(next.startsWith(start)).toBe(true);
    expect(next.endsWith(end)).toBe(true);
    expect(new Set(next.match(/\r?\n/g))).toEqual(new Set(text.match(/\r?\n/g)));
    expect(await formatStore(next, answers)).toBe(next);
  });
});

/** Where a text was split to take in something: what is before it and behind it. */
function split(text: string, next: string): readonly [string, string] {
  const same = text.split("").findIndex((letter, index) => next[index] !== letter);
  return [text.slice(0, same), text.slice(same)];
}

it.for(["{", "[]", "7", '{"generator-mattermost-deployment": "certified"}'])(
  "refuses %s",
  (text) => {
    expect(() => parseStore(text)).toThrow(/\.yo-rc\.json cannot be read/);
  },
);

it("indents as the text does", async () => {
  const text = '{\n\t"generator-other": {\n\t\t"a": 1\n\t}\n}\n';
  expect(await formatStore(text, { a: 1 })).toBe(
    text.replace("\n\t}\n", `\n\t},\n\t"${own}": {\n\t\t"a": 1\n\t}\n`),
  );
});

it("leaves a text with the same answers as it is, however it is formatted", async () => {
  const text =
    '{ "generator-mattermost-deployment": {"tier":"certified"}, "big": 12345678901234567890 }';
  expect(await formatStore(text, { tier: "certified" })).toBe(text);
});
