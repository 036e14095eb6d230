import type { SyntaxNode, Tree } from "@lezer/common";
import { GFM, parser } from "@lezer/markdown";
import { BlockBuilder, rawBlock } from "./block-builder.ts";
import type { Block, BlockKind, Document } from "./document.ts";
import { HiddenHtml } from "./hidden-html.ts";
import { htmlBlocks } from "./html-document.ts";
import { markContents } from "./mark-contents.ts";
import { deepest, readInline } from "./markdown-inline.ts";
import { definitionsOf, type MarkdownReading } from "./markdown-links.ts";

const markdown = parser.configure(GFM);
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
  reading: MarkdownReading,
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

function codeBlock(source: string, node: SyntaxNode): Block {
  const texts = node.getChildren("CodeText");
  const first = texts[0] ?? node;
  const last = texts.at(-1) ?? node;
  return { ...rawBlock("code", source, first.from, last.to), start: node.from, end: node.to };
}

function* inlineBlock(
  reading: MarkdownReading,
  node: SyntaxNode,
  kind: BlockKind,
  depth = 0,
): Generator<Block> {
  const builder = new BlockBuilder();
  readInline(reading, node, builder, 0);
  const block = builder.build(kind, node.from, node.to, depth);
  if (block) yield block;
}
