import type { Slot, Statement } from "../../program/statement.ts";
import type { Wording } from "../../program/wording.ts";
import { nounAt, weakWords, type Element } from "./align-words.ts";
import { wordsOf } from "./text-tokens.ts";

/** Words that are in every text, and tell nothing of a statement. */
const common = new Set(
  "and are as at be for from in is it of on or this to we when will with you your".split(" "),
);

/** A wording as a row of places. */
export function elementsOf(statement: Statement, { text }: Wording): readonly Element[] {
  const parts = text.split(/(\[[^\]]+\])/);
  return parts.flatMap((part): readonly Element[] => {
    const slot = /^\[(.+)\]$/.exec(part)?.[1];
    if (slot === undefined) return plainElements(part, statement.optional ?? []);
    const rule = statement.slots?.[slot] ?? { kind: "own" };
    return slotElements(slot, rule);
  });
}

function slotElements(name: string, slot: Slot): readonly Element[] {
  if (slot.kind === "own") {
    if (slot.value === undefined) return [{ kind: "own", name }];
    return wordsOf(slot.value).map((word) => ({ kind: "word", word, isOptional: false }));
  }
  return wordsOf(name).map((word) => ({ kind: "word", word, isOptional: true }));
}

function plainElements(text: string, optional: readonly string[]): readonly Element[] {
  const words = wordsOf(text);
  const elements: Element[] = [];
  for (let at = 0; at < words.length;) {
    const length = nounAt(words, at);
    const word = words[at] ?? "";
    if (length > 0) elements.push({ kind: "noun", words: words.slice(at, at + length) });
    else elements.push({ kind: "word", word, isOptional: optional.includes(word) });
    at += Math.max(1, length);
  }
  return elements;
}

/** The words by which a place for a wording is found. */
export function tellingWords(elements: readonly Element[]): readonly string[] {
  const words = elements.flatMap((element) => (element.kind === "word" ? [element.word] : []));
  const telling = words.filter((word) => !weakWords.has(word) && !common.has(word));
  return [...new Set(telling)];
}
