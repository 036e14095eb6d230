import type { Document, DocumentFormat } from "./documents/document.ts";

/** The most of a document that is taken apart, in UTF-16 units: no README for people is longer. */
export const longestDocument = 300_000;

/**
 * Takes a document apart. Each reader is loaded when a document of its format comes up.
 *
 * @returns `undefined` for a document that is longer than {@link longestDocument}.
 */
export async function parseDocument(
  source: string,
  format: DocumentFormat,
): Promise<Document | undefined> {
  if (source.length > longestDocument) return undefined;
  switch (format) {
    case "markdown":
      return (await import("./documents/markdown-document.ts")).markdownDocument(source);
    case "restructuredtext":
      return (await import("./documents/rst-document.ts")).rstDocument(source);
    case "asciidoc":
      return (await import("./documents/asciidoc-document.ts")).asciidocDocument(source);
    case "html":
      return (await import("./documents/html-document.ts")).htmlDocument(source);
    case "text":
      return (await import("./documents/text-document.ts")).textDocument(source);
    default:
      return format satisfies never;
  }
}
