import type { Piece } from "./merge-sequences.ts";

/** What is done with a stretch that both sides changed. */
export type Decision =
  /** What the new version says. */
  | "theirs"
  /** What the user wrote; settled thereby. */
  | "mine"
  /** Both, between markers as git writes them, for the user to choose. */
  | "markers"
  /** What the user wrote, and the conflict stays open. */
  | "later";

/** A stretch that both sides changed: three texts in LF without a final line break. */
export interface Conflict {
  readonly ours: string;
  readonly base: string;
  readonly theirs: string;
}

/** Decides on one conflict of a file; they are asked in their order. */
export type Decide = (conflict: Conflict) => Decision;

/** What became of the pieces of a merge. */
export interface Settled<Item> {
  readonly items: readonly (readonly [item: Item, from: "ours" | "theirs"])[];
  readonly conflicts: readonly Conflict[];
  readonly decisions: readonly Decision[];
}

/**
 * Joins the pieces of a merge, each conflict as it is decided.
 *
 * @param show The text of some items, for a reader.
 * @param read Makes items of the lines between which both sides stand.
 */
export function settlePieces<Item>(
  pieces: readonly Piece<Item>[],
  decide: Decide,
  show: (items: readonly Item[]) => string,
  read: (line: string) => Item,
): Settled<Item> {
  const items: (readonly [Item, "ours" | "theirs"])[] = [];
  const conflicts: Conflict[] = [];
  const decisions: Decision[] = [];
  const add = (from: "ours" | "theirs", added: readonly Item[]) => {
    for (const item of added) items.push([item, from]);
  };
  for (const piece of pieces) {
    if (piece.kind === "clean") {
      add(piece.from, piece.items);
      continue;
    }
    const { ours, base, theirs } = piece;
    const conflict = { ours: show(ours), base: show(base), theirs: show(theirs) };
    const decision = decide(conflict);
    conflicts.push(conflict);
    decisions.push(decision);
    if (decision === "markers") add("theirs", [read(markerLines.ours)]);
    if (decision !== "theirs") add("ours", ours);
    if (decision === "markers") add("theirs", [read(markerLines.middle)]);
    if (decision === "theirs" || decision === "markers") add("theirs", theirs);
    if (decision === "markers") add("theirs", [read(markerLines.theirs)]);
  }
  return { items, conflicts, decisions };
}

/** Whether a conflict that was written with markers still waits for the user. */
export function hasMarkers(text: string): boolean {
  const lines = new Set(text.split(/\r?\n/));
  return lines.has(markerLines.ours) || lines.has(markerLines.theirs);
}

/** Whether a line is one that stands around a side of a conflict. */
export function isMarkerLine(line: string | undefined): boolean {
  return Object.values(markerLines).some((marker) => marker === line);
}

/** The lines around both sides of a conflict: as git writes them, so that editors know them. */
const markerLines = {
  ours: "<<<<<<< yours",
  middle: "=======",
  theirs: ">>>>>>> new version",
} as const;
