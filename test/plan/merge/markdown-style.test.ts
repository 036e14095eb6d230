import fc from "fast-check";
import { fromMarkdown } from "mdast-util-from-markdown";
import { toString } from "mdast-util-to-string";
import { describe, expect, it } from "vitest";
import {
  chunkKey,
  readChunks,
  styleOf,
  writeChunk,
} from "../../../generators/_core/plan/merge/markdown-style.ts";

describe("chunks", () => {
  it.for([
    ["a paragraph whatever its wrapping", "One two\nthree four.", ["One two three four."]],
    ["items one by one", "- one\n  more\n* two\n+ three", ["- one more", "- two", "- three"]],
    ["numbered items with their numbers", "1. one\n2) two", ["1. one", "2) two"]],
    [
      "tables line by line",
      "| a | b |\n| - | - |\n| 1 | 2 |",
      ["| a | b |", "| - | - |", "| 1 | 2 |"],
    ],
    ["code line by line, blank ones too", "```sh\na\n\n- b\n```", ["```sh", "a", "", "- b", "```"]],
    ["code that holds a fence", "````\n```\n````\nText.", ["````", "```", "````", "Text."]],
    ["quotes line by line", "> one\n> two", ["> one", "> two"]],
    [
      "headings, rules, comments and definitions alone",
      "# One\nTwo.\n---\n<!-- three -->\n[four]: five",
      ["# One", "Two.", "---", "<!-- three -->", "[four]: five"],
    ],
    ["nothing", "", []],
  ] as const)("are %s", ([, markdown, keys]) => {
    expect(readChunks(markdown).map((chunk) => chunkKey(chunk).replace("\u0000", ""))).toEqual(
      keys,
    );
  });
});

describe("the style of a user", () => {
  const base =
    "A paragraph of some words that is long enough.\n\n- an item of some words, long enough too";

  it.for([
    ["as it was", base, { paragraph: undefined, item: undefined, bullet: undefined }],
    [
      "narrower paragraphs",
      base.replace("some words that", "some words\nthat"),
      { paragraph: 25, item: undefined, bullet: undefined },
    ],
    [
      "other bullets",
      base.replace("- an item", "* an item"),
      { paragraph: undefined, item: Infinity, bullet: "*" },
    ],
  ] as const)("is known: %s", ([, mine, style]) => {
    expect(styleOf(readChunks(mine), readChunks(base))).toEqual(style);
  });
});

describe("rewrapping", () => {
  const words = fc.constantFrom(
    ..."one two longer-word-here - + * # ## > | 1. 2) === --- ``` ~~~ <b> [a]: `x y` a:b \\".split(
      " ",
    ),
  );
  const prose = fc
    .array(words, { minLength: 1, maxLength: 25 })
    .map((all) => `Start ${all.join(" ")} end.`);

  it("never makes a word begin something else, and loses none", () => {
    fc.assert(
      fc.property(prose, fc.integer({ min: 5, max: 60 }), fc.boolean(), (text, width, isItem) => {
        const [chunk] = readChunks(isItem ? `- ${text}` : text);
        if (!chunk) throw new Error("a text has no chunk");
        const written = writeChunk(chunk, { paragraph: width, item: width, bullet: undefined });
        const tree = fromMarkdown(written.join("\n"));
        expect(tree.children).toHaveLength(1);
        expect(tree.children[0]?.type).toBe(isItem ? "list" : "paragraph");
        expect(flat(toString(tree))).toBe(
          flat(toString(fromMarkdown(isItem ? `- ${text}` : text))),
        );
        expect(flat(written.join(" "))).toBe(isItem ? `- ${text}` : text);
      }),
      { numRuns: 1000 },
    );
  });

  it("leaves line breaks that are meant", () => {
    const [chunk] = readChunks("One two three  \nfour five.");
    expect(chunk && writeChunk(chunk, { paragraph: 8, item: 8, bullet: undefined })).toEqual([
      "One two three  ",
      "four five.",
    ]);
  });
});

function flat(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
