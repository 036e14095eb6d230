import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findMoved, similarity } from "../../generators/_core/plan/similarity.ts";

const base = "first line\nsecond line\nthird line\nfourth line\nfifth line\n";

it.for([
  ["itself", base, 1],
  ["nothing", "", 0],
  ["another text", "other\nwords\n", 0],
  ["itself with other blank lines", base.replaceAll("\n", "\n\n"), 1],
  ["itself with one line changed", base.replace("third", "my"), 0.8],
  ["itself in another order", base.split("\n").toReversed().join("\n"), 1],
  ["one of its lines, many times", "first line\n".repeat(5), 0.2],
] as const)("a text is like %s", ([, other, likeness]) => {
  expect(similarity(base, other)).toBeCloseTo(likeness);
});

it("is the same both ways, and between 0 and 1", () => {
  const text = fc
    .array(fc.constantFrom("__proto__", "aa", "bb", "constructor", ""))
    .map((lines) => lines.join("\n"));
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(similarity(a, b)).toBe(similarity(b, a));
      expect(similarity(a, b)).toBeGreaterThanOrEqual(0);
      expect(similarity(a, b)).toBeLessThanOrEqual(1);
    }),
    { numRuns: 1000 },
  );
});

describe("the file that was moved", () => {
  const far = base.replace("first", "1").replace("second", "2");
  const farther = far.replace("third", "3");

  it.for([
    [
      "is the one that is most like it",
      [
        ["a", farther],
        ["b", base],
        ["c", far],
      ],
      "b",
    ],
    [
      "may be edited",
      [
        ["a", "x\n"],
        ["c", far],
      ],
      "c",
    ],
    ["is none that is less like it than 60 %", [["a", farther]], undefined],
    ["is none where there is none", [], undefined],
  ] as const)("%s", ([, files, path]) => {
    const candidates = files.map(([name, text]) => ({ path: name, text }));
    expect(findMoved(base, candidates)?.path).toBe(path);
  });

  it("is unknown where it said too little", () => {
    expect(findMoved("a line\nanother\n}\n", [{ path: "a", text: "a line\nanother\n}\n" }])).toBe(
      undefined,
    );
  });
});
