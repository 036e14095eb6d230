import { describe, expect, it } from "vitest";
import { mergeTexts } from "../../../generators/_core/plan/merge/merge-texts.ts";
import type { Decision } from "../../../generators/_core/plan/merge/settle-pieces.ts";

const base = "one\ntwo\nthree\nfour\nfive\n";

describe("a clean merge", () => {
  it.for([
    [
      "of edits at both ends",
      base.replace("one", "mine"),
      base.replace("five", "new"),
      "mine\ntwo\nthree\nfour\nnew\n",
    ],
    [
      "of the same edit",
      base.replace("one", "new"),
      base.replace("one", "new"),
      base.replace("one", "new"),
    ],
    [
      "of a line that both took away",
      base.replace("two\n", ""),
      base.replace("two\n", ""),
      base.replace("two\n", ""),
    ],
    [
      "in CRLF",
      crlf(base.replace("one", "mine")),
      base.replace("five", "new"),
      crlf("mine\ntwo\nthree\nfour\nnew\n"),
    ],
    [
      "in mixed endings, new lines like most",
      "one\r\ntwo\r\nthree\r\nfour\nfive\n",
      base.replace("three\n", "three\nnew\n"),
      "one\r\ntwo\r\nthree\r\nnew\r\nfour\nfive\n",
    ],
    [
      "behind a byte order mark",
      `\uFEFF${base}mine\n`,
      base.replace("one", "new"),
      `\uFEFF${base.replace("one", "new")}mine\n`,
    ],
    [
      "without a last ending",
      base.slice(0, -1),
      base.replace("one", "new"),
      base.replace("one", "new").slice(0, -1),
    ],
    [
      "that gives the last line an ending, where lines follow",
      `${base}mine`,
      base.replace("one", "new"),
      `${base.replace("one", "new")}mine`,
    ],
    ["of a file that the new version empties", base, "", ""],
    [
      "of lines that are names of what every object has",
      "__proto__\nconstructor\nmine\n",
      "__proto__\ntoString\nconstructor\n",
      "__proto__\ntoString\nconstructor\nmine\n",
      "__proto__\nconstructor\n",
    ],
  ] as const)("%s", ([, ours, theirs, merged, old = base]) => {
    expect(mergeTexts(ours, old, theirs, later)).toEqual({
      text: merged,
      conflicts: [],
      decisions: [],
    });
  });
});

describe("a conflict", () => {
  const [ours, theirs] = [base.replace("two", "mine"), base.replace("two", "new")];

  it.for([
    ["later", ours],
    ["mine", ours],
    ["theirs", theirs],
    ["markers", "one\n<<<<<<< yours\nmine\n=======\nnew\n>>>>>>> new version\nthree\nfour\nfive\n"],
  ] as const)("that is decided as %s", ([decision, text]) => {
    const merged = mergeTexts(ours, base, theirs, () => decision);
    expect(merged).toEqual({
      text,
      conflicts: [{ ours: "mine", base: "two", theirs: "new" }],
      decisions: [decision],
    });
  });

  it("has markers in the endings of the file", () => {
    const { text } = mergeTexts(crlf(ours), base, theirs, () => "markers");
    expect(text.replaceAll("\r\n", "")).not.toContain("\n");
  });

  it("is asked about place by place, in their order", () => {
    const asked: string[] = [];
    const answers: Decision[] = ["theirs", "mine"];
    const { text } = mergeTexts(
      ours.replace("five", "my end"),
      base,
      theirs.replace("five", "new end"),
      (conflict) => {
        asked.push(conflict.ours);
        return answers.shift() ?? "later";
      },
    );
    expect(asked).toEqual(["mine", "my end"]);
    expect(text).toBe(theirs.replace("five", "my end"));
  });

  it("is a deletion on one side and an edit on the other", () => {
    expect(mergeTexts(base.replace("two\n", ""), base, theirs, later).conflicts).toHaveLength(1);
    expect(mergeTexts(ours, base, base.replace("two\n", ""), later).conflicts).toHaveLength(1);
  });
});

describe("a text of 200,000 lines", () => {
  const lines = Array.from({ length: 200_000 }, (_, index) => `line ${index}\n`);

  it("is merged where both sides work near each other", () => {
    const [mine, fresh] = [lines.with(100_007, "mine\n"), lines.with(100_990, "new\n")];
    const { text, conflicts } = mergeTexts(mine.join(""), lines.join(""), fresh.join(""), later);
    expect(conflicts).toEqual([]);
    expect(text).toBe(mine.with(100_990, "new\n").join(""));
  });

  it("comes to an end where all are alike, with nothing lost", () => {
    const alike = lines.map(() => "\n");
    const [mine, fresh] = [alike.with(100_007, "mine\n"), alike.with(100_990, "new\n")];
    const { text } = mergeTexts(mine.join(""), alike.join(""), fresh.join(""), later);
    expect(text).toContain("\nmine\n");
  });

  it("is one conflict, and as it was, where comparing it would take minutes", () => {
    const [mine, fresh] = [lines.with(7, "mine\n"), lines.with(199_990, "new\n")];
    const merged = mergeTexts(mine.join(""), lines.join(""), fresh.join(""), later);
    expect(merged.conflicts).toHaveLength(1);
    expect(merged.text).toBe(mine.join(""));
  });
});

function later(): Decision {
  return "later";
}

function crlf(text: string): string {
  return text.replaceAll("\n", "\r\n");
}
