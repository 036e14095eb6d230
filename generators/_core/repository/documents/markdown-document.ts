import type { SyntaxNode, Tree } from "@lezer/common";
import { GFM, parser } from "@lezer/markdown";
import { BlockBuilder, rawBlock } from "./block-builder.ts";
import type { Block, BlockKind, Document } from "./document.ts";
import { decodeEntities } from "./entities.ts";
import { HiddenHtml } from "./hidden-html.ts";
import { htmlBlocks } from "./html-document.ts";
import { markContents } from "./mark-contents.ts";

const markdown = parser.configure(GFM);
/** Containers within containers that are opened; what is deeper is nothing that anybody reads. */
const deepest = 60;

/** Reads a Markdown document: CommonMark with GitHub's tables, links and struck out words. */
export function markdownDocument(source: string): Document {
  const text = withoutBombs(blankMatter(source));
  const tree = markdown.parse(text);
  const reading = { source: text, definitions: definitionsOf(tree.topNode, text) };
  const blocks = withoutHidden([...blocksOf(reading, tree.topNode, "paragraph", 0)], tree, text);
  return { format: "markdown", source, blocks: markContents(blocks) };
}

/** A paragraph with more brackets than this is no text of anybody's, and takes minutes to parse. */
const mostBrackets = 3000;

function withoutBombs(text: string): string {
  if (text.split("[", mostBrackets + 1).length <= mostBrackets) return text;
  return text.replace(/(?:.*\S.*\n?)+/g, (paragraph) =>
    paragraph.split("[", mostBrackets + 1).length > mostBrackets
      ? paragraph.replaceAll("[", " ")
      : paragraph,
  );
}

/** What stands between the tags of a hidden element is text of Markdown, and nobody sees it. */
function withoutHidden(blocks: readonly Block[], tree: Tree, text: string): readonly Block[] {
  if (!/hidden|none|font-size/i.test(text)) return blocks;
  const hidden = new HiddenHtml();
  const ranges: { readonly from: number; to: number }[] = [];
  tree.iterate({
    enter: ({ name, from, to }) => {
      if (name !== "HTMLBlock" && name !== "HTMLTag") return;
      const wasHidden = hidden.isHidden;
      hidden.read(text.slice(from, to));
      if (hidden.isHidden && !wasHidden) ranges.push({ from, to: text.length });
      const last = ranges.at(-1);
      if (wasHidden && !hidden.isHidden && last) last.to = to;
    },
  });
  return blocks.map((block) =>
    ranges.some(({ from, to }) => block.start >= from && block.end <= to)
      ? { ...block, kind: "comment" }
      : block,
  );
}

interface Reading {
  readonly source: string;
  /** Targets of reference links by their folded labels. */
  readonly definitions: ReadonlyMap<string, string>;
}

/**
 * A byte order mark, front matter and carriage returns are no text; they become spaces, so that
 * offsets stay.
 */
function blankMatter(source: string): string {
  const [matter] =
    /^\ufeff?(?:---[ \t]*\r?\n(?:.*\r?\n){0,200}?(?:---|\.\.\.)[ \t]*(?:\r?\n|$))?/.exec(
      source,
    ) ?? [""];
  return (matter.replace(/[^\n]/g, " ") + source.slice(matter.length)).replaceAll("\r", " ");
}

function* blocksOf(
  reading: Reading,
  container: SyntaxNode,
  kind: BlockKind,
  depth: number,
): Generator<Block> {
  if (depth > deepest) return;
  for (let node = container.firstChild; node; node = node.nextSibling) {
    const { name, from, to } = node;
    if (/^(ATX|Setext)Heading/.test(name)) {
      yield* inlineBlock(reading, node, kind === "quote" ? kind : "heading", Number(name.at(-1)));
    } else if (name === "Paragraph" || name === "Task") {
      yield* inlineBlock(reading, node, kind);
    } else if (name === "TableCell") {
      yield* inlineBlock(reading, node, kind === "quote" ? kind : "cell");
    } else if (name === "FencedCode" || name === "CodeBlock") {
      yield codeBlock(reading.source, node);
    } else if (name === "CommentBlock") {
      yield rawBlock("comment", reading.source, from, to);
    } else if (name === "HTMLBlock") {
      for (const block of htmlBlocks(reading.source, from, to)) {
        yield kind === "quote" ? { ...block, kind } : block;
      }
    } else if (name === "Blockquote") {
      yield* blocksOf(reading, node, isAlert(reading.source, node) ? kind : "quote", depth + 1);
    } else if (name === "ListItem") {
      yield* blocksOf(reading, node, kind === "quote" ? kind : "item", depth + 1);
    } else if (/^(BulletList|OrderedList|Table|TableHeader|TableRow)$/.test(name)) {
      yield* blocksOf(reading, node, kind, depth + 1);
    }
  }
}

/** GitHub's notes are written as quotations: `> [!NOTE]`. */
function isAlert(source: string, { from, to }: SyntaxNode): boolean {
  return /^>\s*(\[!|\*\*(note|warning|important|tip)\b|(note|warning|important|tip):)/i.test(
    source.slice(from, Math.min(to, from + 40)),
  );
}

function isAlertMark(text: string): boolean {
  return /^\[!(note|tip|important|warning|caution)\]$/i.test(text);
}

function codeBlock(source: string, node: SyntaxNode): Block {
  const texts = node.getChildren("CodeText");
  const first = texts[0] ?? node;
  const last = texts.at(-1) ?? node;
  return { ...rawBlock("code", source, first.from, last.to), start: node.from, end: node.to };
}

function* inlineBlock(
  reading: Reading,
  node: SyntaxNode,
  kind: BlockKind,
  depth = 0,
): Generator<Block> {
  const builder = new BlockBuilder();
  inline(reading, node, builder, 0);
  const block = builder.build(kind, node.from, node.to, depth);
  if (block) yield block;
}

const silent =
  /^(\w+Mark|TaskMarker|Image|HardBreak|LinkTitle|Comment|ProcessingInstruction|Strikethrough)$/;

function inline(reading: Reading, node: SyntaxNode, builder: BlockBuilder, depth: number): void {
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
    else if (!silent.test(name)) inline(reading, child, builder, depth + 1);
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

function link(reading: Reading, node: SyntaxNode, builder: BlockBuilder, depth: number): void {
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
  reading: Reading,
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
    else if (!silent.test(child.name)) inline(reading, child, builder, depth + 1);
    at = child.to;
  }
  builder.words(reading.source, at, to);
}

function targetOf(
  { source, definitions }: Reading,
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

function definitionsOf(top: SyntaxNode, source: string): ReadonlyMap<string, string> {
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

function foldLabel(label: string): string {
  return label.replace(/\s+/g, " ").trim().toLowerCase();
}

function cleanTarget(written: string): string {
  const bare = written.replace(/^<([\s\S]*)>$/, "$1");
  return decodeEntities(bare.replace(/\\([!-/:-@[-`{-~])/g, "$1"));
}
