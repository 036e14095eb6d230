import type { Block, Document } from "../documents/document.ts";

/** The headings of sections: the title of the document is none. */
export function sectionHeadings(document: Document): readonly Block[] {
  const all = document.blocks.filter(({ kind }) => kind === "heading");
  return titleOf(document) ? all.slice(1) : all;
}

/** The first heading, where it stands above all others and, unless it is a level of titles, all text. */
export function titleOf({ blocks, format }: Document): Block | undefined {
  const index = blocks.findIndex(({ kind }) => kind === "heading");
  const first = blocks[index];
  const rest = blocks.slice(index + 1).filter(({ kind }) => kind === "heading");
  if (!first || !rest.every(({ depth }) => depth > first.depth)) return undefined;
  const isTitleLevel = first.depth === 1 && format !== "restructuredtext" && format !== "text";
  const isAbove = blocks.slice(0, index).every(({ kind }) => kind !== "paragraph");
  return isAbove || isTitleLevel ? first : undefined;
}

/** The level of the sections of a document, or the one that they would have. */
export function sectionLevel(document: Document): number {
  const depths = sectionHeadings(document).map(({ depth }) => depth);
  const title = titleOf(document);
  const fallback = title ? title.depth + 1 : document.format === "restructuredtext" ? 1 : 2;
  return depths.length > 0 ? Math.min(...depths) : Math.min(6, fallback);
}
