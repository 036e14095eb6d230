import { diff3MergeRegions, diffIndices } from "node-diff3";

/** A stretch of a three-way merge: one that is settled, or one that both sides changed. */
export type Piece<Item> =
  | { readonly kind: "clean"; readonly from: "ours" | "theirs"; readonly items: readonly Item[] }
  | {
      readonly kind: "conflict";
      readonly ours: readonly Item[];
      readonly base: readonly Item[];
      readonly theirs: readonly Item[];
    };

/**
 * Merges two successors of a sequence. Items are equal when their keys are; what did not change, or
 * changed alike on both sides, is taken from ours, so that what the key leaves out stays as it was.
 */
export function mergeSequences<Item>(
  ours: readonly Item[],
  base: readonly Item[],
  theirs: readonly Item[],
  keyOf: (item: Item) => string,
): readonly Piece<Item>[] {
  const [a, o, b] = [ours, base, theirs].map((items) => items.map(keyOf));
  if (!a || !o || !b) return [];
  const place = placesOf(o, a);
  return diff3MergeRegions(a, o, b).map((region): Piece<Item> => {
    if (!region.stable) {
      const mine = ours.slice(region.aStart, region.aStart + region.aLength);
      return isSame(region.aContent, region.bContent)
        ? { kind: "clean", from: "ours", items: mine }
        : {
            kind: "conflict",
            ours: mine,
            base: base.slice(region.oStart, region.oStart + region.oLength),
            theirs: theirs.slice(region.bStart, region.bStart + region.bLength),
          };
    }
    const { buffer, bufferStart: start, bufferLength: length } = region;
    if (buffer === "b")
      return { kind: "clean", from: "theirs", items: theirs.slice(start, start + length) };
    const first = buffer === "a" ? start : (place.get(start) ?? 0);
    return { kind: "clean", from: "ours", items: ours.slice(first, first + length) };
  });
}

/** Where the items of one sequence that the other kept stand in that other. */
function placesOf(from: readonly string[], to: readonly string[]): ReadonlyMap<number, number> {
  const places = new Map<number, number>();
  let [next, shift] = [0, 0];
  const keep = (end: number) => {
    for (; next < end; next += 1) places.set(next, next + shift);
  };
  for (const { buffer1, buffer2 } of diffIndices([...from], [...to])) {
    keep(buffer1[0]);
    next = buffer1[0] + buffer1[1];
    shift = buffer2[0] + buffer2[1] - next;
  }
  keep(from.length);
  return places;
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
