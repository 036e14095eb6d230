/** The formats of documents that are read. */
export type DocumentFormat = "markdown" | "restructuredtext" | "asciidoc" | "html" | "text";

/** What a block of a document is. The last four kinds are no statements of its authors. */
export type BlockKind =
  "heading" | "paragraph" | "item" | "cell" | "code" | "comment" | "quote" | "contents";

/** A link of a block; `start` and `end` are positions in the block's text. */
export interface Link {
  /** The words that are shown. */
  readonly text: string;
  readonly target: string;
  readonly start: number;
  readonly end: number;
}

/** A run of words that belong together, without their markup. */
export interface Block {
  readonly kind: BlockKind;
  /** 1 to 6 for a heading, 0 for anything else. */
  readonly depth: number;
  /** White space is single spaces, but for code, which is as it stands. */
  readonly text: string;
  /** Where each UTF-16 unit of the text stands in the source. */
  readonly offsets: readonly number[];
  readonly links: readonly Link[];
  /** Where the block stands in the source, as UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
}

/** What a document says, block by block in reading order. */
export interface Document {
  readonly format: DocumentFormat;
  readonly source: string;
  readonly blocks: readonly Block[];
}

/** Whether a block is something that the authors say to their readers. */
export function isStatement({ kind }: Block): boolean {
  return kind === "heading" || kind === "paragraph" || kind === "item" || kind === "cell";
}

/** The line, counted from 1, on which an offset of a text stands. */
export function lineAt(source: string, offset: number): number {
  let line = 1;
  for (let at = source.indexOf("\n"); at !== -1 && at < offset; at = source.indexOf("\n", at + 1)) {
    line += 1;
  }
  return line;
}

const formats: readonly (readonly [RegExp, DocumentFormat])[] = [
  [/\.(md|markdown|mdown|mkdn?|mdx|qmd)$/i, "markdown"],
  [/\.(rst|rest)$/i, "restructuredtext"],
  [/\.(adoc|asciidoc|asc)$/i, "asciidoc"],
  [/\.(html?|xhtml)$/i, "html"],
  [/\.(txt|text)$/i, "text"],
];

/** The format of a document by its name; one without an extension is plain text. */
export function formatOf(path: string): DocumentFormat | undefined {
  const known = formats.find(([pattern]) => pattern.test(path));
  return known?.[1] ?? (/(^|\/)[^./]+$/.test(path) ? "text" : undefined);
}
