import type { SyntaxNode } from "@lezer/common";
import type { BlockBuilder } from "./block-builder.ts";
import { decodeEntities } from "./entities.ts";
import { HiddenHtml } from "./hidden-html.ts";
import { targetOf, type MarkdownReading } from "./markdown-links.ts";

/** Containers within containers that are opened; what is deeper is nothing that anybody reads. */
export const deepest = 60;

const silent =
  /^(\w+Mark|TaskMarker|Image|HardBreak|LinkTitle|Comment|ProcessingInstruction|Strikethrough)$/;

/** Reads the words, links and marks within a block of Markdown. */
export function readInline(
  reading: MarkdownReading,
  node: SyntaxNode,
  builder: BlockBuilder,
  depth: number,
): void {
  if (depth > deepest) return;
  const { source } = reading;
  if (node.name === "InlineCode") {
    codeSpan(source, node, builder);
    return;
  }
  let at = node.from;
  const hidden = new HiddenHtml();
  for (let child = node.firstChild; child; child = child.nextSibling) {
    builder.words(source, at, child.from);
    at = child.to;
    const { name, from, to } = child;
    if (name === "HTMLTag") hide(hidden, source.slice(from, to), builder);
    if (name === "Link") link(reading, child, builder, depth);
    else if (name === "Autolink") address(source, child.getChild("URL"), builder);
    else if (name === "URL") address(source, child, builder);
    else if (name === "Escape") builder.words(source, from + 1, to);
    else if (name === "Entity") builder.entities(source, from, to);
    else if (name === "HTMLTag") htmlTag(source.slice(from, to), from, builder);
    else if (name === "HardBreak") builder.put(" ", from);
    else if (!silent.test(name)) readInline(reading, child, builder, depth + 1);
    else if (name === "Comment") builder.put(" ", from);
  }
  builder.words(source, at, node.to);
}

/** One space on each side only keeps backticks apart. */
function codeSpan(source: string, node: SyntaxNode, builder: BlockBuilder): void {
  const [from, to] = [node.firstChild?.to ?? node.from, node.lastChild?.from ?? node.to];
  const isPadded = to - from > 2 && /^\s[\s\S]*\s$/.test(source.slice(from, to));
  const padding = isPadded ? 1 : 0;
  builder.words(source, from + padding, to - padding);
}

function address(source: string, node: SyntaxNode | null, builder: BlockBuilder): void {
  if (!node) return;
  const target = source.slice(node.from, node.to);
  builder.openLink(/^www\./i.test(target) ? `http://${target}` : target);
  builder.words(source, node.from, node.to);
  builder.closeLink();
}

function link(
  reading: MarkdownReading,
  node: SyntaxNode,
  builder: BlockBuilder,
  depth: number,
): void {
  const { source } = reading;
  const marks = node.getChildren("LinkMark");
  const [open, close] = [marks[0], marks[1]];
  const target = targetOf(reading, node, open, close);
  if (!open || !close || target === undefined) {
    if (isAlertMark(source.slice(node.from, node.to))) return;
    // Brackets without a definition are brackets.
    builder.words(source, node.from, open?.to ?? node.from);
    linkWords(reading, node, open, close, builder, depth);
    builder.words(source, close?.from ?? node.to, node.to);
    return;
  }
  builder.openLink(target);
  linkWords(reading, node, open, close, builder, depth);
  builder.closeLink();
}

/** What stands between the brackets. */
function linkWords(
  reading: MarkdownReading,
  node: SyntaxNode,
  open: SyntaxNode | undefined,
  close: SyntaxNode | undefined,
  builder: BlockBuilder,
  depth: number,
): void {
  const [from, to] = [open?.to ?? node.from, close?.from ?? node.to];
  let at = from;
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.from < from || child.to > to) continue;
    builder.words(reading.source, at, child.from);
    if (child.name === "Entity") builder.entities(reading.source, child.from, child.to);
    else if (child.name === "Escape") builder.words(reading.source, child.from + 1, child.to);
    else if (child.name === "HTMLTag")
      htmlTag(reading.source.slice(child.from, child.to), child.from, builder);
    else if (child.name === "URL") builder.words(reading.source, child.from, child.to);
    else if (!silent.test(child.name)) readInline(reading, child, builder, depth + 1);
    at = child.to;
  }
  builder.words(reading.source, at, to);
}

function isAlertMark(text: string): boolean {
  return /^\[!(note|tip|important|warning|caution)\]$/i.test(text);
}

/** Leaves out what a hidden element holds. */
function hide(hidden: HiddenHtml, tag: string, builder: BlockBuilder): void {
  const wasHidden = hidden.isHidden;
  hidden.read(tag);
  if (hidden.isHidden && !wasHidden) builder.mute();
  else if (wasHidden && !hidden.isHidden) builder.unmute();
}

function htmlTag(tag: string, at: number, builder: BlockBuilder): void {
  if (/^<(br|sup|sub)\b/i.test(tag)) builder.put(" ", at);
  const [, , target] = /^<a\s[^>]*?href\s*=\s*(["']?)([^"'\s>]*)\1/i.exec(tag) ?? [];
  if (target !== undefined) builder.openLink(decodeEntities(target));
  else if (/^<\/a\s*>/i.test(tag)) builder.closeLink();
  else if (/^<(del|s|strike)\b[^/]*>/i.test(tag)) builder.mute();
  else if (/^<\/(del|s|strike)\s*>/i.test(tag)) builder.unmute();
}
