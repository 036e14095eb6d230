import type { Token } from "./text-tokens.ts";

/** One place of a wording. */
export type Element =
  | { readonly kind: "word"; readonly word: string; readonly isOptional: boolean }
  /** The noun for the solution, in any of its names. */
  | { readonly kind: "noun"; readonly words: readonly string[] }
  /** Words of the authors' own, at least one. */
  | { readonly kind: "own"; readonly name: string };

/** One step of the way from a wording to the words that were found. */
export type Step =
  | {
      readonly kind: "same";
      readonly token: Token;
      readonly element: Element;
      readonly isLoose: boolean;
    }
  | { readonly kind: "own"; readonly token: Token; readonly name: string }
  | { readonly kind: "missing"; readonly element: Element }
  | { readonly kind: "extra"; readonly token: Token };

/** The best place for a wording among some words. */
export interface Alignment {
  /** The first and the last token of the place. */
  readonly first: number;
  readonly last: number;
  readonly steps: readonly Step[];
  /** The share of the wording's words that are there, 0 to 1. */
  readonly share: number;
}

/** Words that carry little: they may come and go. */
export const weakWords: ReadonlySet<string> = new Set(
  "a an the please highly also all our".split(" "),
);

/** Words that say the same here. The key is the program's. */
const synonyms: Readonly<Record<string, readonly string[]>> = {
  after: ["following"],
  available: ["found"],
  following: ["after"],
  information: ["info", "details"],
  installs: ["deploys"],
  maintainers: ["maintainer", "authors"],
  more: ["further"],
  notified: ["informed", "alerted"],
  recommend: ["advise"],
  required: ["necessary", "needed"],
  ssl: ["tls"],
  update: ["upgrade"],
  updates: ["update"],
  users: ["you"],
  we: ["i"],
};

/** How the solution may be called after `this`, `the` or `our`; the longest first. */
const nouns: readonly (readonly string[])[] = (
  "mattermost deployment solution|deployment solution|ansible role|ansible collection|puppet module|chef cookbook|" +
  "docker image|docker compose|helm chart|juju charm|terraform module|snap package|" +
  "buildpack|bundle|chart|charm|collection|cookbook|deployment|formula|image|installer|module|" +
  "package|playbook|project|recipe|repo|repository|role|script|scripts|setup|snap|solution|stack|template"
)
  .split("|")
  .map((noun) => noun.split(" "))
  .toSorted((a, b) => b.length - a.length);

const determiners = new Set(["this", "the", "our"]);

/** Whether the words from some place on are a noun for the solution: how many they are, else 0. */
export function nounAt(words: readonly string[], at: number): number {
  if (!determiners.has(words[at - 1] ?? "")) return 0;
  const noun = nouns.find((candidate) =>
    candidate.every((word, index) => words[at + index] === word),
  );
  return noun?.length ?? 0;
}

/**
 * Finds the place among some words that takes the fewest changes to become the wording.
 *
 * @returns `undefined` when less than half of the wording is anywhere.
 */
export function alignWords(
  elements: readonly Element[],
  tokens: readonly Token[],
): Alignment | undefined {
  const words = tokens.map(({ word }) => word);
  const nounLengths = words.map((_, at) => nounAt(words, at));
  const width = tokens.length + 1;
  const cost = new Float64Array((elements.length + 1) * width);
  /** 0 from above (missing), 1 from the left (extra), 2 and more: that many tokens less one taken. */
  const move = new Uint8Array(cost.length);
  for (const [index, element] of elements.entries()) {
    const row = (index + 1) * width;
    for (let at = 0; at < width; at += 1) {
      let best = (cost[row - width + at] ?? 0) + missingCost(element);
      let how = 0;
      if (at > 0) {
        const extra =
          (cost[row + at - 1] ?? 0) + (element.kind === "own" ? 0 : extraCost(words[at - 1] ?? ""));
        // Only a slot that has taken one word takes further ones.
        const isOpen = element.kind !== "own" || (move[row + at - 1] ?? 0) !== 0;
        if (isOpen && extra < best) [best, how] = [extra, 1];
        const length = takes(element, words, nounLengths, at - 1);
        const taken =
          length > 0
            ? (cost[row - width + at - 1] ?? 0) + looseness(element, words[at - 1])
            : Infinity;
        if (element.kind === "noun") {
          for (let count = 1; count <= Math.min(3, at); count += 1) {
            if (nounLengths[at - count] !== count) continue;
            const value = cost[row - width + at - count] ?? 0;
            if (value <= best) [best, how] = [value, count + 1];
          }
        } else if (taken <= best) [best, how] = [taken, 2];
      }
      cost[row + at] = best;
      move[row + at] = how;
    }
  }
  return trace(elements, tokens, cost, move);
}

function trace(
  elements: readonly Element[],
  tokens: readonly Token[],
  cost: Float64Array,
  move: Uint8Array,
): Alignment | undefined {
  const width = tokens.length + 1;
  const bottom = elements.length * width;
  let end = 0;
  for (let at = 1; at < width; at += 1) {
    // Of two places alike, the one with more words shows better how they differ.
    if ((cost[bottom + at] ?? 0) <= (cost[bottom + end] ?? 0)) end = at;
  }
  const steps: Step[] = [];
  let [row, at] = [elements.length, end];
  while (row > 0) {
    const element = elements[row - 1];
    if (!element) break;
    const how = move[row * width + at] ?? 0;
    const token = tokens[at - 1];
    if (how === 0 || !token) {
      steps.push({ kind: "missing", element });
      row -= 1;
    } else if (how === 1) {
      steps.push(
        element.kind === "own"
          ? { kind: "own", token, name: element.name }
          : { kind: "extra", token },
      );
      at -= 1;
    } else {
      const taken = tokens.slice(at - (how - 1), at).toReversed();
      for (const one of taken) {
        steps.push(
          element.kind === "own"
            ? { kind: "own", token: one, name: element.name }
            : { kind: "same", token: one, element, isLoose: isLoose(element, one, taken) },
        );
      }
      at -= how - 1;
      row -= 1;
    }
  }
  const weight = elements.reduce((sum, element) => sum + missingCost(element), 0);
  const missing = steps.reduce(
    (sum, step) => sum + (step.kind === "missing" ? missingCost(step.element) : 0),
    0,
  );
  const share = weight === 0 ? 0 : 1 - missing / weight;
  return share < 0.5 ? undefined : { first: at, last: end - 1, steps: steps.toReversed(), share };
}

function takes(
  element: Element,
  words: readonly string[],
  nounLengths: readonly number[],
  at: number,
): number {
  const word = words[at] ?? "";
  if (element.kind === "own") return 1;
  if (element.kind === "noun") return nounLengths[at] ?? 0;
  return word === element.word || synonyms[element.word]?.includes(word) ? 1 : 0;
}

function looseness(element: Element, word: string | undefined): number {
  return element.kind === "word" && element.word !== word ? 0.2 : 0;
}

function isLoose(element: Element, token: Token, taken: readonly Token[]): boolean {
  if (token.isLoose) return true;
  if (element.kind === "word") return element.word !== token.word;
  const words = taken.map(({ word }) => word).toReversed();
  return element.kind === "noun" && element.words.join(" ") !== words.join(" ");
}

function missingCost(element: Element): number {
  if (element.kind !== "word") return 1;
  if (element.isOptional) return 0.05;
  return weakWords.has(element.word) ? 0.3 : 1;
}

function extraCost(word: string): number {
  return weakWords.has(word) ? 0.3 : 1;
}
