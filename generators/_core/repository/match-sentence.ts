import type { Slot, Statement } from "../program/statement.ts";
import type { Wording } from "../program/wording.ts";
import {
  alignWords,
  nounAt,
  weakWords,
  type Alignment,
  type Element,
  type Step,
} from "./align-words.ts";
import { lineAt, type Block, type Link } from "./documents/document.ts";
import {
  foldAddress,
  officialHost,
  wordsOf,
  type Token,
  type TokenBlock,
  type TokenDocument,
} from "./text-tokens.ts";

/** How a document says a statement; the first three say it. */
export type MatchOutcome = "met" | "variant" | "outdated" | "near" | "unmet";

/** A word of a comparison. */
export interface ComparedWord {
  readonly kind: "same" | "missing" | "extra";
  readonly text: string;
}

/** How a document says a statement, and where. */
export interface SentenceMatch {
  readonly outcome: MatchOutcome;
  /** Where it stands; `undefined` for `unmet`. The line counts from 1, offsets are UTF-16 units. */
  readonly position?: { readonly line: number; readonly start: number; readonly end: number };
  /** The words that were found, in one line. */
  readonly text: string;
  /** Those words beside the required ones. */
  readonly words: readonly ComparedWord[];
  /** What stands in the slots of the authors' own words. */
  readonly slots: Readonly<Record<string, string>>;
  /** Why it is no more than `near`, as a clause: `the word "not" turns it around`. */
  readonly reason?: string;
}

const unmet: SentenceMatch = { outcome: "unmet", text: "", words: [], slots: {} };
const ranks: readonly MatchOutcome[] = ["met", "variant", "outdated", "near", "unmet"];
/** From this share of the required words on, something looks like a statement. */
const nearShare = 0.6;
/** Words too many that a statement bears. */
const mostExtra = 2;

/** Words that turn a sentence around or hedge it, wherever they are added. */
const turning = new Set(
  (
    "no not never none neither nor cannot without unless except only if hardly rarely seldom sometimes occasionally " +
    "maybe perhaps possibly partially formerly previously longer stopped deprecated untrue false fake insecure " +
    "outdated obsolete unable refuse refuses fail fails eventually someday hopefully business working optional " +
    "optionally instead may might could would should todo tbd fixme ? [ ] { } < >"
  ).split(" "),
);
/** Words of a text about the program, which quotes its sentences. */
const quoting = new Set(
  "statement sentence states contains contain phrase wording write says example program readme template".split(
    " ",
  ),
);

/**
 * Looks for a statement in a document.
 *
 * Layers: the same words; the wording's slots and the solution's other names; words that agree in
 * everything that matters. What falls short of that is `near`: overlap alone never says anything.
 */
export function matchSentence(statement: Statement, document: TokenDocument): SentenceMatch {
  const patterns = statement.wordings.map((wording, age) => ({
    wording,
    age,
    elements: elementsOf(statement, wording),
  }));
  let best = unmet;
  const consider = (candidate: SentenceMatch) => {
    if (ranks.indexOf(candidate.outcome) < ranks.indexOf(best.outcome)) best = candidate;
    else if (
      candidate.outcome === "near" &&
      best.outcome === "near" &&
      sameness(candidate) > sameness(best)
    )
      best = candidate;
  };
  const seen = new Set<string>();
  for (const { wording, age, elements } of patterns) {
    const key = wording.text;
    if (seen.has(key)) continue;
    seen.add(key);
    const needed = tellingWords(elements);
    for (const place of placesFor(needed, document.statements)) {
      for (const tokens of place.readings) {
        const judged = judgePlace(statement, age, elements, tokens, place.blocks, document);
        consider(judged);
        if (judged.outcome === "met") return judged;
      }
    }
    for (const { block, tokens, words } of document.others) {
      if (ranks.indexOf(best.outcome) <= ranks.indexOf("near") || !overlaps(needed, words))
        continue;
      const judged = judgePlace(statement, age, elements, tokens, [block], document);
      if (judged.outcome === "unmet") continue;
      consider({ ...judged, outcome: "near", reason: whereItStands(block) });
    }
  }
  return best;
}

/** Words that are in every text, and tell nothing of a statement. */
const common = new Set(
  "and are as at be for from in is it of on or this to we when will with you your".split(" "),
);

/** The words by which a place is found. */
function tellingWords(elements: readonly Element[]): readonly string[] {
  const words = elements.flatMap((element) => (element.kind === "word" ? [element.word] : []));
  const telling = words.filter((word) => !weakWords.has(word) && !common.has(word));
  return [...new Set(telling)];
}

interface Place {
  readonly blocks: readonly Block[];
  readonly readings: readonly (readonly Token[])[];
}

/** The blocks, and pairs of neighbours, that have enough of the words. */
function* placesFor(needed: readonly string[], blocks: readonly TokenBlock[]): Generator<Place> {
  for (const [index, one] of blocks.entries()) {
    if (overlaps(needed, one.words)) yield { blocks: [one.block], readings: readingsOf(one) };
    const next = blocks[index + 1];
    if (!next || one.block.kind === "heading" || next.block.kind === "heading") continue;
    const isPart = (words: ReadonlySet<string>) =>
      needed.filter((word) => words.has(word)).length >= 2;
    if (!isPart(one.words) || !isPart(next.words)) continue;
    if (!overlaps(needed, new Set([...one.words, ...next.words]))) continue;
    const readings = readingsOf(one).flatMap((first) =>
      readingsOf(next).map((second) => [...first, ...second.map(later)]),
    );
    yield { blocks: [one.block, next.block], readings };
  }
}

/** The sentences of a second block are others than those of the first. */
function later(token: Token): Token {
  return { ...token, sentence: token.sentence + 1000 };
}

function readingsOf({ tokens, addressed }: TokenBlock): readonly (readonly Token[])[] {
  return addressed ? [tokens, addressed] : [tokens];
}

function overlaps(needed: readonly string[], words: ReadonlySet<string>): boolean {
  const found = needed.filter((word) => words.has(word)).length;
  return found >= needed.length * 0.45;
}

function sameness({ words }: SentenceMatch): number {
  const same = words.filter(({ kind }) => kind === "same").length;
  return same / Math.max(1, words.length);
}

function judgePlace(
  statement: Statement,
  age: number,
  elements: readonly Element[],
  tokens: readonly Token[],
  blocks: readonly Block[],
  { document }: TokenDocument,
): SentenceMatch {
  const alignment = alignWords(elements, tokens);
  if (!alignment || alignment.share < nearShare) return unmet;
  const { first, last, steps } = withWholeSlot(alignment, tokens);
  const found = tokens.slice(first, last + 1);
  const start = found[0]?.start ?? 0;
  const end = found.at(-1)?.end ?? start;
  const slots = slotsOf(steps);
  const base = {
    position: { line: lineAt(document.source, start), start, end },
    text: document.source.slice(start, end).replace(/\s+/g, " "),
    words: comparison(steps),
    slots,
  };
  const problem =
    slotProblem(statement, slots) ??
    wordProblem(statement, elements, steps) ??
    contextProblem(tokens, first, last);
  if (problem !== undefined) return { ...base, outcome: "near", reason: problem };
  const link = linkOutcome(statement, found, tokens.slice(last + 1), blocks);
  if (link.outcome === "near") return { ...base, outcome: "near", reason: link.reason };
  const isOld = (age > 0 && statement.link === undefined) || link.outcome === "outdated";
  if (isOld) return { ...base, outcome: "outdated" };
  const isChanged =
    steps.some(
      (step) =>
        (step.kind === "extra" && !isTarget(statement, step.token)) ||
        (step.kind === "missing" && !isFree(step)) ||
        (step.kind === "same" && step.isLoose),
    ) ||
    link.outcome === "variant" ||
    hasNeighbours(tokens, first, last);
  return { ...base, outcome: isChanged ? "variant" : "met" };
}

/** A wording as a row of places. */
function elementsOf(statement: Statement, { text }: Wording): readonly Element[] {
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

/** A slot at the end of a wording goes on to the end of its sentence. */
function withWholeSlot(alignment: Alignment, tokens: readonly Token[]): Alignment {
  const final = alignment.steps.at(-1);
  if (final?.kind !== "own") return alignment;
  const sentence = tokens[alignment.last]?.sentence;
  const steps: Step[] = [...alignment.steps];
  let { last } = alignment;
  for (let next = tokens[last + 1]; next?.sentence === sentence && next; next = tokens[last + 1]) {
    steps.push({ kind: "own", token: next, name: final.name });
    last += 1;
  }
  return { ...alignment, steps, last };
}

function slotsOf(steps: readonly Step[]): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const step of steps) {
    if (step.kind !== "own") continue;
    const before = found[step.name];
    found[step.name] = before === undefined ? step.token.shown : `${before} ${step.token.shown}`;
  }
  return found;
}

const placeholder =
  /^\W*(name|creator|operating[_ ]system|os|your[_ ].*|todo|tbd|xxx+|\.\.\.|(solution|deployment)[_ ]name)\W*$|^[[<{].*[\]>}]$/i;

function slotProblem(
  { slots = {} }: Statement,
  found: Readonly<Record<string, string>>,
): string | undefined {
  for (const [name, slot] of Object.entries(slots)) {
    const value = found[name];
    if (slot.kind !== "own" || slot.value !== undefined) continue;
    if (value === undefined) return `nothing stands for [${name}]`;
    if (placeholder.test(value)) return `"${value}" is a placeholder`;
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

function wordProblem(
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
  const line = (list: readonly string[]) =>
    ` ${list.filter((word) => !weakWords.has(word)).join(" ")} `;
  return line(words).includes(line(wordsOf(run)));
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

function isFree(step: Extract<Step, { readonly kind: "missing" }>): boolean {
  return step.element.kind === "word" && step.element.isOptional;
}

/** The address of a link in a text that has no links. */
function isTarget({ link }: Statement, { word }: Token): boolean {
  return link !== undefined && officialHost.test(word);
}

function isWeak(element: Element): boolean {
  return element.kind === "word" && weakWords.has(element.word);
}

function nameOf(element: Element): string {
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

function contextProblem(tokens: readonly Token[], first: number, last: number): string | undefined {
  const around = neighbours(tokens, first, last);
  const turned = around.find(({ word }) => isTurning(word));
  if (turned) return `"${turned.shown}" beside it changes what it says`;
  const quoted = around.find(({ word }) => quoting.has(word));
  return quoted && `"${quoted.shown}" makes it a quotation`;
}

function hasNeighbours(tokens: readonly Token[], first: number, last: number): boolean {
  return neighbours(tokens, first, last).length > 3;
}

type LinkOutcome =
  | { readonly outcome: "met" | "variant" | "outdated" }
  | { readonly outcome: "near"; readonly reason: string };

/** Whether the words that have to be a link are one, and where it leads. */
function linkOutcome(
  { link, wordings }: Statement,
  found: readonly Token[],
  behind: readonly Token[],
  blocks: readonly Block[],
): LinkOutcome {
  if (!link) return { outcome: "met" };
  const wanted = new Set(wordsOf(link.words));
  const labels = found.filter(({ word }) => wanted.has(word) || word.includes("/"));
  const links = blocks.flatMap((block) =>
    block.links.map((one) => ({ ...one, ...sourceSpan(block, one) })),
  );
  const around = links.filter(({ from, to }) =>
    labels.some(({ start }) => start >= from && start < to),
  );
  // A plain text has no links: the address stands behind the words.
  const next = behind.find(({ word }) => officialHost.test(word));
  const targets = around.length > 0 ? around.map(({ target }) => target) : next ? [next.shown] : [];
  if (targets.length === 0) return { outcome: "near", reason: `"${link.words}" is no link` };
  const outcomes = targets.map((target) => targetOutcome(target, link, wordings));
  const best =
    outcomes.find(({ outcome }) => outcome === "met") ??
    outcomes.find(({ outcome }) => outcome !== "near");
  return best ?? outcomes[0] ?? { outcome: "met" };
}

function sourceSpan(
  { offsets, end }: Block,
  link: Link,
): { readonly from: number; readonly to: number } {
  return { from: offsets[link.start] ?? end, to: (offsets[link.end - 1] ?? end) + 1 };
}

function targetOutcome(
  target: string,
  link: NonNullable<Statement["link"]>,
  wordings: readonly Wording[],
): LinkOutcome {
  const folded = foldAddress(target);
  const targets = wordings.map(({ links }) => foldAddress(links?.[link.words] ?? ""));
  const age = targets.indexOf(folded);
  if (age === 0) return { outcome: target.startsWith("https://") ? "met" : "variant" };
  if (age > 0) return { outcome: "outdated" };
  if (folded.split("#")[0] === targets[0]?.split("#")[0]) return { outcome: "variant" };
  if (officialHost.test(target) && link.topic.test(folded)) return { outcome: "outdated" };
  return { outcome: "near", reason: `the link leads to ${target === "" ? "nowhere" : target}` };
}

function whereItStands({ kind }: Block): string {
  const names: Partial<Record<Block["kind"], string>> = {
    code: "it stands in a code block",
    comment: "it stands in a comment, which no reader sees",
    contents: "it stands in a table of contents",
    quote: "it stands in a quotation",
  };
  return names[kind] ?? "it stands where it is no statement";
}

function comparison(steps: readonly Step[]): readonly ComparedWord[] {
  return steps.flatMap((step): readonly ComparedWord[] => {
    if (step.kind === "missing") {
      return step.element.kind === "word" && step.element.isOptional
        ? []
        : [{ kind: "missing", text: nameOf(step.element) }];
    }
    return [{ kind: step.kind === "extra" ? "extra" : "same", text: step.token.shown }];
  });
}
