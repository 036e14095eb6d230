import type { Statement } from "../../program/statement.ts";
import { alignWords, type Alignment, type Element, type Step } from "./align-words.ts";
import { lineAt, type Block } from "../documents/document.ts";
import { elementsOf, tellingWords } from "./statement-elements.ts";
import { linkOutcome } from "./statement-link.ts";
import {
  contextProblem,
  hasNeighbours,
  isFree,
  nameOf,
  slotProblem,
  slotsOf,
  wordProblem,
} from "./statement-problem.ts";
import { officialHost, type Token, type TokenBlock, type TokenDocument } from "./text-tokens.ts";

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
const nearShare = 0.6; /**
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

/** The address of a link in a text that has no links. */
function isTarget({ link }: Statement, { word }: Token): boolean {
  return link !== undefined && officialHost.test(word);
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
