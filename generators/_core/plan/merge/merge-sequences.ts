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
 * The most pairs of items that are compared: beyond that a merge would take minutes, and all that
 * differs is one conflict.
 */
const largest = 1e8;

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
  const keys = [ours, base, theirs].map((items) => items.map(keyOf));
  const [a = [], o = [], b = []] = keys;
  const shortest = Math.min(a.length, o.length, b.length);
  const same = (at: (length: number) => number) => (index: number) => {
    const [first, ...others] = keys.map((list) => list[at(list.length) + index]);
    return others.every((key) => key === first);
  };
  const start = countWhile(
    shortest,
    same(() => 0),
  );
  const end = countWhile(shortest - start, (index) => same((length) => length - 1)(-index));
  const middle = <Any>(items: readonly Any[]) => items.slice(start, items.length - end);
  const pieces = mergeMiddle(middle(ours), middle(base), middle(theirs), keyOf);
  const ends = [ours.slice(0, start), ours.slice(ours.length - end)].map((items): Piece<Item>[] =>
    items.length === 0 ? [] : [{ kind: "clean", from: "ours", items }],
  );
  return [...(ends[0] ?? []), ...pieces, ...(ends[1] ?? [])];
}

/** Merges what is left between what all three have in common. */
function mergeMiddle<Item>(
  ours: readonly Item[],
  base: readonly Item[],
  theirs: readonly Item[],
  keyOf: (item: Item) => string,
): readonly Piece<Item>[] {
  const [a = [], o = [], b = []] = [ours, base, theirs].map((items) => items.map(keyOf));
  if (isSame(b, o) || isSame(a, b)) return [{ kind: "clean", from: "ours", items: ours }];
  if (isSame(a, o)) return [{ kind: "clean", from: "theirs", items: theirs }];
  if (o.length * Math.max(a.length, b.length) > largest)
    return [{ kind: "conflict", ours, base, theirs }];
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

function countWhile(most: number, holds: (index: number) => boolean): number {
  let count = 0;
  while (count < most && holds(count)) count += 1;
  return count;
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
