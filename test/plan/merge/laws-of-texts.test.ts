import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalizeLines } from "../../../generators/_core/plan/line-endings.ts";
import { mergeTexts } from "../../../generators/_core/plan/merge/merge-texts.ts";
import type { Decision } from "../../../generators/_core/plan/merge/settle-pieces.ts";

const runs = { numRuns: 1000 };
const later = (): Decision => "later";

/** Few lines, so that both sides meet often, and some that programs stumble over. */
const line = fc.constantFrom(
  "",
  "a",
  "b",
  "c",
  "d",
  "  indented",
  "__proto__",
  "constructor",
  "toString",
  "\tx",
  "end\r",
);
const lines = fc.array(line, { maxLength: 12 });
const ending = fc.constantFrom("\n", "\r\n");
/** A text as a user has it: mixed endings, with or without a last one, a byte order mark. */
const userText = fc
  .tuple(fc.array(fc.tuple(line, ending), { maxLength: 12 }), line, fc.boolean())
  .map(([ended, last, hasMark]) => {
    const text = ended.map(([words, end]) => words + end).join("") + last;
    return hasMark ? `\uFEFF${text}` : text;
  });
const template = lines.map((all) => all.map((words) => `${bare(words)}\n`).join(""));

describe("merging texts", () => {
  it("with nothing new changes no byte", () => {
    fc.assert(
      fc.property(userText, template, (ours, base) => {
        expect(mergeTexts(ours, base, base, later)).toEqual({
          text: ours,
          conflicts: [],
          decisions: [],
        });
      }),
      runs,
    );
  });

  it("with nothing edited gives what is new, in the user's endings and with their mark", () => {
    fc.assert(
      fc.property(
        template,
        template,
        fc.boolean(),
        fc.boolean(),
        (base, theirs, isCrlf, marked) => {
          const like = (text: string) =>
            (marked ? "\uFEFF" : "") + (isCrlf ? text.replaceAll("\n", "\r\n") : text);
          const { text, conflicts } = mergeTexts(like(base), base, theirs, later);
          expect(conflicts).toEqual([]);
          // Of a text without any line ending nothing is known.
          expect(text).toBe(
            base === "" && isCrlf ? (marked ? "\uFEFF" : "") + theirs : like(theirs),
          );
        },
      ),
      runs,
    );
  });

  it("twice is merging once", () => {
    fc.assert(
      fc.property(userText, template, template, (ours, base, theirs) => {
        const once = mergeTexts(ours, base, theirs, later);
        if (once.conflicts.length > 0) return;
        expect(mergeTexts(once.text, theirs, theirs, later).text).toBe(once.text);
      }),
      runs,
    );
  });

  it("loses no line of either side unless the other side took it away", () => {
    fc.assert(
      fc.property(userText, template, template, (ours, base, theirs) => {
        const { text, conflicts } = mergeTexts(ours, base, theirs, later);
        if (conflicts.length > 0) return;
        const [mine, old, fresh, merged] = [
          normalizeLines(ours),
          base,
          theirs,
          normalizeLines(text),
        ].map(countLines);
        for (const word of new Set([...(mine?.keys() ?? []), ...(fresh?.keys() ?? [])])) {
          const count = (counts: ReadonlyMap<string, number> | undefined) => counts?.get(word) ?? 0;
          // What one side added stays, unless both added it at the same place.
          const least = Math.min(
            count(mine) + Math.min(0, count(fresh) - count(old)),
            Math.max(count(mine), count(fresh)),
          );
          expect(count(merged), JSON.stringify(word)).toBeGreaterThanOrEqual(least);
        }
      }),
      runs,
    );
  });

  it("keeps a conflict as it is, or says both sides between markers", () => {
    fc.assert(
      fc.property(userText, template, template, (ours, base, theirs) => {
        const kept = mergeTexts(ours, base, theirs, () => "mine");
        const marked = mergeTexts(ours, base, theirs, () => "markers");
        expect(marked.text.split("<<<<<<< yours").length - 1).toBe(kept.conflicts.length);
        for (const conflict of kept.conflicts) {
          for (const side of [conflict.ours, conflict.theirs])
            expect(bare(marked.text)).toContain(bare(side));
        }
      }),
      runs,
    );
  });
});

function countLines(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of text.split("\n")) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** Templates hold no carriage return. */
function bare(words: string): string {
  return words.replaceAll("\r", "");
}
