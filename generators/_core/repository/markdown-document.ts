import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { toString } from "mdast-util-to-string";

/** What a document says to its readers. */
export interface Document {
  /**
   * Its words, block by block in one line of single spaces, without markup. Comments and code blocks
   * are no statements and not among them; code spans and the texts of links are.
   */
  readonly text: string;
  readonly links: readonly { readonly text: string; readonly target: string }[];
}

/** Reads a Markdown document (CommonMark). */
export function markdownDocument(markdown: string): Document {
  const root = fromMarkdown(markdown);
  return { text: oneLine(blocksOf(root).join(" ")), links: linksOf(root) };
}

/** The text of each block, outermost containers opened. */
function blocksOf(node: Nodes): readonly string[] {
  if (node.type === "html" || node.type === "code" || node.type === "definition") return [];
  if (node.type === "paragraph" || node.type === "heading" || !("children" in node)) {
    return [toString(node, { includeHtml: false, includeImageAlt: false })];
  }
  return node.children.flatMap(blocksOf);
}

function linksOf(node: Nodes): Document["links"] {
  const own = node.type === "link" ? [{ text: oneLine(toString(node)), target: node.url }] : [];
  return "children" in node ? [...own, ...node.children.flatMap(linksOf)] : own;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
