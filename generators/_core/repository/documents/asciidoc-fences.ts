/** What a fence is for; one that is open holds further blocks. */
export type Fenced = "comment" | "code" | "quote" | "open";

const fences: readonly (readonly [RegExp, Fenced])[] = [
  [/^\/{4,}\s*$/, "comment"],
  [/^-{4,}\s*$/, "code"],
  [/^\.{4,}\s*$/, "code"],
  [/^\+{4,}\s*$/, "code"],
  [/^`{3,}\w*\s*$/, "code"],
  [/^_{4,}\s*$/, "quote"],
  [/^={4,}\s*$/, "open"],
  [/^\*{4,}\s*$/, "open"],
  [/^--\s*$/, "open"],
];

/** What the block is for that a line opens as its fence; `undefined` for a line that is none. */
export function fencedBy(text: string): Fenced | undefined {
  return fences.find(([pattern]) => pattern.test(text))?.[1];
}

/** The line that ends a block, by the fence that opens it. */
export function closingFence(text: string): string {
  return text.trimEnd().replace(/^(`{3,})\w+$/, "$1");
}
