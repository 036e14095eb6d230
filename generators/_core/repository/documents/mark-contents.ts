import type { Block } from "./document.ts";

/**
 * Tells tables of contents from lists: at least two items in a row that consist of nothing but a link
 * to a place in the same document.
 */
export function markContents(blocks: readonly Block[]): readonly Block[] {
  const isEntry = blocks.map(isContentsEntry);
  return blocks.map((block, index) =>
    isEntry[index] === true && (isEntry[index - 1] === true || isEntry[index + 1] === true)
      ? { ...block, kind: "contents" }
      : block,
  );
}

function isContentsEntry({ kind, text, links }: Block): boolean {
  if (kind !== "item" || links.length === 0) return false;
  const linked = links.reduce((sum, { start, end }) => sum + end - start, 0);
  return links.every(({ target }) => target.startsWith("#")) && linked >= text.length - 4;
}
