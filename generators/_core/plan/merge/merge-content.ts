import { isBlank } from "./edit-lines.ts";
import { chunkKey, readChunks, styleOf, writeChunk, type Chunk } from "./markdown-style.ts";
import { mergeSequences } from "./merge-sequences.ts";
import { isMarkerLine, settlePieces, type Decide, type Settled } from "./settle-pieces.ts";

/** What became of the lines of a block. */
export interface MergedContent {
  readonly lines: readonly string[];
  readonly settled: Settled<Chunk>;
}

/**
 * Merges the content of a block, paragraph by paragraph: what is new is written in the wrapping and
 * with the bullets of the user.
 */
export function mergeContent(
  ours: readonly string[],
  base: readonly string[],
  theirs: readonly string[],
  decide: Decide,
): MergedContent {
  // What stood first had nothing to be apart from: should it come to stand behind something, it is.
  const [mine = [], old = [], fresh = []] = [ours, base, theirs].map((lines) =>
    readChunks(lines.join("\n")).map((chunk, index) =>
      index === 0 ? { ...chunk, gap: Math.max(chunk.gap, 1) } : chunk,
    ),
  );
  const style = styleOf(mine, old);
  const settled = settlePieces(
    mergeSequences(mine, old, fresh, chunkKey),
    decide,
    (chunks) => joinChunks(chunks).join("\n"),
    (line) => ({ gap: 0, lines: [line], prose: undefined, marker: "", indent: "" }),
  );
  const isOurs = settled.items.every(([, from]) => from === "ours");
  if (isOurs && settled.items.length === mine.length) return { lines: ours, settled };
  const chunks = settled.items.map(([chunk, from]) =>
    from === "ours" ? chunk : { ...chunk, lines: writeChunk(chunk, style) },
  );
  const first = ours.findIndex((line) => !isBlank(line));
  const last = ours.findLastIndex((line) => !isBlank(line));
  const words = joinChunks(chunks);
  return {
    lines: [...ours.slice(0, Math.max(first, 0)), ...words, ...ours.slice(last + 1)],
    settled,
  };
}

/** Writes chunks one after the other; two that would flow into one are kept apart. */
function joinChunks(chunks: readonly Chunk[]): readonly string[] {
  return chunks.flatMap((chunk, index) => {
    const before = chunks[index - 1];
    const flows = before?.prose !== undefined && chunk.prose !== undefined && chunk.marker === "";
    const touches = before === undefined || isMarkerLine(before.lines[0]);
    const gap = touches ? 0 : Math.max(chunk.gap, flows ? 1 : 0);
    return [...Array<string>(gap).fill(""), ...chunk.lines];
  });
}
