import { BlockBuilder, rawBlock } from "./block-builder.ts";
import type { Block, BlockKind } from "./document.ts";
import { endOf, type SourceLine } from "./source-lines.ts";

/**
 * The block that some lines make: none when nothing is said in them.
 *
 * @param say Adds their words.
 */
export function wordsOf(
  lines: readonly SourceLine[],
  kind: BlockKind,
  depth: number,
  say: (builder: BlockBuilder) => void,
): readonly Block[] {
  const [first, last] = [lines[0], lines.at(-1)];
  if (!first || !last) return [];
  const builder = new BlockBuilder();
  say(builder);
  const block = builder.build(kind, first.offset, endOf(last), depth);
  return block ? [block] : [];
}

/** The block that some lines make whose text is their part of the source as it stands. */
export function rawLines(kind: BlockKind, source: string, lines: readonly SourceLine[]): Block {
  const [first, last] = [lines[0], lines.at(-1)];
  const start = first?.offset ?? 0;
  return rawBlock(kind, source, start, last ? Math.max(start, endOf(last)) : start);
}
