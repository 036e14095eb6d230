import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeBlocks } from "../../../generators/_core/plan/merge/merge-blocks.ts";
import type { Decision } from "../../../generators/_core/plan/merge/settle-pieces.ts";

const runs = { numRuns: 1000 };
const later = (): Decision => "later";

/** A README: blocks of a few paragraphs, with words of the user's around them. */
const paragraph = fc.constantFrom(
  "One two three.",
  "Four five\nsix.",
  "- an item\n- another",
  "1. first\n2. second",
  "```sh\n# comment\nrun --it\n```",
  "| a | b |\n| --- | --- |\n| 1 | 2 |",
  "__proto__",
);
const content = fc.array(paragraph, { minLength: 1, maxLength: 3 }).map((all) => all.join("\n\n"));
const ids = ["alpha", "beta", "gamma"] as const;
const blocks = fc.record({
  alpha: fc.option(content, { nil: undefined }),
  beta: fc.option(content, { nil: undefined }),
  gamma: fc.option(content, { nil: undefined }),
});
type Blocks = Readonly<Record<(typeof ids)[number], string | undefined>>;
const own = fc.array(fc.constantFrom("Mine.", "", "Also mine,  \nbroken.", "# mine"), {
  maxLength: 3,
});

describe("merging blocks", () => {
  it("with nothing new changes no byte", () => {
    fc.assert(
      fc.property(blocks, blocks, own, fc.boolean(), (mine, base, words, isCrlf) => {
        const ours = readme(mine, words, isCrlf);
        expect(merge(ours, readme(base), readme(base)).text).toBe(ours);
      }),
      runs,
    );
  });

  it("changes no byte outside of blocks, but for sections that come and go", () => {
    fc.assert(
      fc.property(blocks, blocks, own, fc.boolean(), (base, theirs, words, isCrlf) => {
        const ours = readme(base, words, isCrlf);
        const { text } = merge(ours, readme(base), readme({ ...base, ...stay(base, theirs) }));
        expect(outside(text)).toEqual(outside(ours));
      }),
      runs,
    );
  });

  it("with nothing edited gives every block that is new, and only those", () => {
    fc.assert(
      fc.property(blocks, blocks, own, (base, theirs, words) => {
        const merged = merge(readme(base, words), readme(base), readme(theirs));
        expect(merged.conflicts).toEqual([]);
        expect(merged.notes).toEqual([]);
        for (const id of ids) expect(blockOf(merged.text, id)).toBe(theirs[id]);
        for (const word of words) expect(merged.text).toContain(word);
      }),
      runs,
    );
  });

  it("twice is merging once", () => {
    fc.assert(
      fc.property(blocks, blocks, blocks, own, (mine, base, theirs, words) => {
        const once = merge(readme(mine, words), readme(base), readme(theirs));
        expect(merge(once.text, readme(theirs), readme(theirs)).text).toBe(once.text);
      }),
      runs,
    );
  });

  it("ends clean, in a conflict or with a note, and loses no words of the user's", () => {
    fc.assert(
      fc.property(blocks, blocks, blocks, own, (mine, base, theirs, words) => {
        const ours = readme(mine, words);
        const { text, conflicts, notes } = merge(ours, readme(base), readme(theirs));
        for (const word of words) expect(text).toContain(word);
        for (const id of ids) {
          const isEdited = mine[id] !== undefined && mine[id] !== base[id];
          // An edited block keeps every paragraph that the user wrote and the template never had.
          if (!isEdited || conflicts.length > 0) continue;
          for (const written of mine[id]?.split("\n\n") ?? []) {
            if (!base[id]?.includes(written)) expect(text).toContain(written);
          }
          if (mine[id] === undefined && base[id] !== undefined && theirs[id] !== undefined)
            expect(notes).toContain(`block ${id} was removed by you`);
        }
      }),
      runs,
    );
  });
});

function merge(ours: string, base: string, theirs: string) {
  const merged = mergeBlocks(ours, base, theirs, "markdown", later);
  if ("problems" in merged) throw new Error(merged.problems.join("; "));
  return merged;
}

/** A document with a section for each block. */
function readme(parts: Blocks, words: readonly string[] = [], isCrlf = false): string {
  const sections = ids.flatMap((id) =>
    parts[id] === undefined
      ? []
      : [
          `## ${id}\n\n${begin(id)}\n${parts[id]}\n${end(id)}\n${words.map((one) => `\n${one}\n`).join("")}`,
        ],
  );
  const text = ["# Title\n", ...words.map((one) => `${one}\n`), ...sections].join("\n");
  return isCrlf ? text.replaceAll("\n", "\r\n") : text;
}

/** The blocks of the new version that were there before. */
function stay(base: Blocks, theirs: Blocks): Partial<Blocks> {
  const kept = ids.filter((id) => base[id] !== undefined && theirs[id] !== undefined);
  return Object.fromEntries(kept.map((id) => [id, theirs[id]]));
}

function outside(text: string): readonly string[] {
  return text.split(
    /(<!-- mattermost-deployment:begin \w+ -->)[^]*?(?=<!-- mattermost-deployment:end)/,
  );
}

function blockOf(text: string, id: string): string | undefined {
  const start = text.indexOf(begin(id));
  return start === -1
    ? undefined
    : text.slice(start + begin(id).length + 1, text.indexOf(end(id)) - 1);
}

function begin(id: string): string {
  return `<!-- mattermost-deployment:begin ${id} -->`;
}

function end(id: string): string {
  return `<!-- mattermost-deployment:end ${id} -->`;
}
