import type { Statement } from "../program/statement.ts";
import { alignWords } from "./statements/align-words.ts";
import { isStatement, lineAt, type Block } from "./documents/document.ts";
import type { ReadDocument } from "./find-documents.ts";
import type { SentenceMatch } from "./statements/match-sentence.ts";
import { elementsOf, tellingWords } from "./statements/statement-elements.ts";
import { slotsOf, turningWord } from "./statements/statement-problem.ts";
import type { TokenBlock } from "./statements/text-tokens.ts";

/** Words of a document that say the opposite of a statement, or another thing in its place. */
export interface Contradiction {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

/** A statement that is shorter than this turns up in other sentences too. */
const leastWords = 8;
/** From this share of its words on, a sentence is about the same. */
const sameShare = 0.54;

/**
 * Looks for what contradicts a statement that is made: nearly the same sentence turned around, with
 * another number or another name, or words that deny it.
 */
export function contradictionOf(
  statement: Statement,
  documents: readonly ReadDocument[],
  made: { readonly path: string; readonly match: SentenceMatch },
): Contradiction | undefined {
  const [wording] = statement.wordings;
  const elements = wording ? elementsOf(statement, wording) : [];
  const telling = tellingWords(elements);
  for (const { path, document, statements } of documents) {
    const found =
      document.blocks.flatMap((block) => denied(statement, block))[0] ??
      statements
        .filter(({ block }) => path !== made.path || !isMade(block, made.match))
        .filter(({ words }) => isAbout(telling, words))
        .flatMap((block) => turned(statement, elements, block, made.match))[0];
    if (found) return { path, line: lineAt(document.source, found.start), text: found.text };
  }
  return undefined;
}

interface Found {
  readonly start: number;
  readonly text: string;
}

function isMade({ start, end }: Block, { position }: SentenceMatch): boolean {
  return position !== undefined && position.start < end && position.end > start;
}

function denied({ denial }: Statement, block: Block): readonly Found[] {
  const match = isStatement(block) ? denial?.exec(block.text) : null;
  return match ? [{ start: block.offsets[match.index] ?? block.start, text: match[0] }] : [];
}

function isAbout(telling: readonly string[], words: TokenBlock["words"]): boolean {
  return telling.filter((word) => words.has(word)).length >= telling.length * 0.5;
}

function turned(
  statement: Statement,
  elements: ReturnType<typeof elementsOf>,
  { block, tokens }: TokenBlock,
  made: SentenceMatch,
): readonly Found[] {
  if (elements.length < leastWords) return [];
  const alignment = alignWords(elements, tokens);
  if (!alignment || alignment.share < sameShare) return [];
  const { steps, first, last } = alignment;
  const other = slotsOf(steps);
  const isOther = Object.entries(statement.slots ?? {}).some(
    ([name, slot]) =>
      slot.kind === "own" &&
      slot.mentions === undefined &&
      other[name] !== undefined &&
      other[name] !== made.slots[name],
  );
  const isTurned = turningWord(steps, tokens, first, last) !== undefined;
  return isTurned || isOther ? [{ start: block.start, text: block.text }] : [];
}
