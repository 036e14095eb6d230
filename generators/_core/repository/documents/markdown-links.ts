import type { SyntaxNode } from "@lezer/common";
import { decodeEntities } from "./entities.ts";

/** A Markdown document that is being read. */
export interface MarkdownReading {
  readonly source: string;
  /** Targets of reference links by their folded labels. */
  readonly definitions: ReadonlyMap<string, string>;
}

/** The targets of the reference links of a document, by their folded labels. */
export function definitionsOf(top: SyntaxNode, source: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  top.cursor().iterate(({ name, node }) => {
    if (name !== "LinkReference") return;
    const [label, url] = [node.getChild("LinkLabel"), node.getChild("URL")];
    if (!label || !url) return;
    const key = foldLabel(source.slice(label.from + 1, label.to - 1));
    if (!found.has(key)) found.set(key, cleanTarget(source.slice(url.from, url.to)));
  });
  return found;
}

/**
 * Where a link leads; `undefined` for brackets that are none.
 *
 * @param open The mark before its words.
 * @param close The mark behind them.
 */
export function targetOf(
  { source, definitions }: MarkdownReading,
  node: SyntaxNode,
  open: SyntaxNode | undefined,
  close: SyntaxNode | undefined,
): string | undefined {
  const url = node.getChildren("URL").find(({ from }) => close !== undefined && from >= close.to);
  if (url) return cleanTarget(source.slice(url.from, url.to));
  const label = node.getChild("LinkLabel");
  const written = label ? source.slice(label.from + 1, label.to - 1) : "";
  if (written !== "") return definitions.get(foldLabel(written));
  if (!open || !close) return undefined;
  // `[words]()` is a link to nowhere.
  if (source[close.to] === "(") return "";
  return definitions.get(foldLabel(source.slice(open.to, close.from)));
}

function foldLabel(label: string): string {
  return label.replace(/\s+/g, " ").trim().toLowerCase();
}

function cleanTarget(written: string): string {
  const bare = written.replace(/^<([\s\S]*)>$/, "$1");
  return decodeEntities(bare.replace(/\\([!-/:-@[-`{-~])/g, "$1"));
}
