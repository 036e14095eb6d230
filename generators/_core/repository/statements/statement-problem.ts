import type { Statement } from "../../program/statement.ts";
import { weakWords, type Element, type Step } from "./align-words.ts";
import { wordsOf, type Token } from "./text-tokens.ts";

/** Words too many that a statement bears. */
const mostExtra = 2;

/** Words that turn a sentence around or hedge it, wherever they are added. */
const turning = new Set(
  (
    "no not never none neither nor cannot without unless except only if hardly rarely seldom sometimes occasionally " +
    "maybe perhaps possibly partially formerly previously longer stopped deprecated untrue false fake insecure " +
    "outdated obsolete unable refuse refuses fail fails eventually someday hopefully business working optional " +
    "optionally instead may might could would should todo tbd fixme ? [ ] { } < > " +
    "about around approximately roughly usually normally typically mostly ideally try tries trying hope nobody " +
    "past once was were"
  ).split(" "),
);
/** Words of a text about the program, which quotes its sentences. */
const quoting = new Set(
  "statement sentence states stated contains contain phrase wording write says example program readme template".split(
    " ",
  ),
);
const placeholder =
  /^\W*(name|creator|operating[_ ]system|os|your[_ ].*|todo|tbd|xxx+|\.\.\.|(solution|deployment)[_ ]name)\W*$|^[[<{].*[\]>}]$/i;

/** Why what stands in the slots of a statement is not what has to; `undefined` where it is. */
export function slotProblem(
  { slots = {} }: Statement,
  found: Readonly<Record<string, string>>,
): string | undefined {
  for (const [name, slot] of Object.entries(slots)) {
    const value = found[name];
    if (slot.kind !== "own" || slot.value !== undefined) continue;
    if (value === undefined) return `nothing stands for [${name}]`;
    if (placeholder.test(value)) return `"${value}" is a placeholder`;
    if (/^(not|never|no longer|formerly|now)\b/.test(value)) return `"${value}" is no name`;
    if (name === "NAME" && /^mattermost\b/i.test(value)) return `the name begins with "Mattermost"`;
    if (slot.mentions === undefined) continue;
    const mentions = wordsOf(slot.mentions);
    const words = wordsOf(value);
    const turned = words.find(isTurning);
    if (turned !== undefined) return `"${turned}" changes what it says`;
    if (!mentions.every((word) => words.includes(word))) return `it speaks of "${value}"`;
  }
  return undefined;
}

/** What stands in the slots of the authors' own words. */
export function slotsOf(steps: readonly Step[]): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const step of steps) {
    if (step.kind !== "own") continue;
    const before = found[step.name];
    found[step.name] = before === undefined ? step.token.shown : `${before} ${step.token.shown}`;
  }
  return found;
}

/** The word in a sentence, or beside it, that turns it around: a number in place of another too. */
export function turningWord(
  steps: readonly Step[],
  tokens: readonly Token[],
  first: number,
  last: number,
): Token | undefined {
  const extra = steps.flatMap((step) => (step.kind === "extra" ? [step.token] : []));
  return (
    extra.find(({ word }) => isTurning(word) || /^\d/.test(word)) ??
    neighbours(tokens, first, last).find(({ word }) => isTurning(word))
  );
}

/** Why words that come near to a statement do not say it; `undefined` where they do. */
export function wordProblem(
  statement: Statement,
  elements: readonly Element[],
  steps: readonly Step[],
): string | undefined {
  const extra = steps.flatMap((step) => (step.kind === "extra" ? [step.token] : []));
  const turned = extra.find(({ word }) => isTurning(word) || /^\d/.test(word));
  if (turned) return `"${turned.shown}" changes what it says`;
  const missing = steps.find(
    (step) => step.kind === "missing" && !isFree(step) && !isWeak(step.element),
  );
  if (missing?.kind === "missing") return `"${nameOf(missing.element)}" is missing`;
  const heavy = extra.filter(({ word }) => !weakWords.has(word));
  if (heavy.length > mostExtra) return "too much else stands in it";
  const claimed = unduePart(statement, steps);
  if (claimed !== undefined) return `"${claimed}" is not so here`;
  const said = steps.flatMap((step) =>
    step.kind === "extra" || step.kind === "same" ? [wordIn(step)] : [],
  );
  const wanted = elements.flatMap((element) => (element.kind === "word" ? [element.word] : []));
  // An older wording need not hold what today's does.
  const lacking = statement.required.find((run) => holds(wanted, run) && !holds(said, run));
  return lacking === undefined ? undefined : `"${lacking}" does not stand together`;
}

function isTurning(word: string): boolean {
  return turning.has(word) || word.endsWith("n't");
}

/** Whether some words stand together among others. */
function holds(words: readonly string[], run: string): boolean {
  return weightyLine(words).includes(weightyLine(wordsOf(run)));
}

function weightyLine(words: readonly string[]): string {
  return ` ${words.filter((word) => !weakWords.has(word)).join(" ")} `;
}

/** A synonym counts as the word that it stands for. */
function wordIn(step: Extract<Step, { readonly kind: "extra" | "same" }>): string {
  return step.kind === "same" && step.element.kind === "word" ? step.element.word : step.token.word;
}

/** Words of an optional slot that are there although they are known not to be due. */
function unduePart({ slots = {} }: Statement, steps: readonly Step[]): string | undefined {
  return Object.entries(slots).find(([name, slot]) => {
    if (slot.kind !== "optional" || slot.isDue !== false) return false;
    const words = wordsOf(name);
    return steps.some(
      (step) =>
        step.kind === "same" &&
        step.element.kind === "word" &&
        step.element.isOptional &&
        words.includes(step.element.word),
    );
  })?.[0];
}

/** Whether a word that is missing need not be there. */
export function isFree(step: Extract<Step, { readonly kind: "missing" }>): boolean {
  return step.element.kind === "word" && step.element.isOptional;
}
function isWeak(element: Element): boolean {
  return element.kind === "word" && weakWords.has(element.word);
}

/** A place of a wording as words. */
export function nameOf(element: Element): string {
  if (element.kind === "word") return element.word;
  return element.kind === "noun" ? element.words.join(" ") : `[${element.name}]`;
}
/** What stands before and behind, in the same sentences. */
function neighbours(tokens: readonly Token[], first: number, last: number): readonly Token[] {
  const before = tokens
    .slice(0, first)
    .filter(({ sentence }) => sentence === tokens[first]?.sentence);
  const after = tokens
    .slice(last + 1)
    .filter(({ sentence }) => sentence === tokens[last]?.sentence);
  return [...before, ...after];
}

/** Why what stands around a statement keeps it from saying so; `undefined` where nothing does. */
export function contextProblem(
  tokens: readonly Token[],
  first: number,
  last: number,
): string | undefined {
  const around = neighbours(tokens, first, last);
  const turned = around.find(({ word }) => isTurning(word));
  if (turned) return `"${turned.shown}" beside it changes what it says`;
  const behind = tokens[last + 1];
  if (behind?.word === "or" && behind.sentence === tokens[last]?.sentence) {
    return `"${behind.shown}" behind it changes what it says`;
  }
  const quoted = around.find(({ word }) => quoting.has(word));
  return quoted && `"${quoted.shown}" makes it a quotation`;
}

/** Whether a statement is part of a longer sentence. */
export function hasNeighbours(tokens: readonly Token[], first: number, last: number): boolean {
  return neighbours(tokens, first, last).length > 3;
}
