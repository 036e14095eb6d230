import { parse, parseFragment, type DefaultTreeAdapterTypes } from "parse5";
import { BlockBuilder, rawBlock } from "./block-builder.ts";
import type { Block, BlockKind, Document } from "./document.ts";
import { isHiding } from "./hidden-html.ts";
import { markContents } from "./mark-contents.ts";

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

/** Elements within elements that are opened. */
const deepest = 100;

const blockElements = new Set(
  (
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure " +
    "footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p section summary table tbody td " +
    "tfoot th thead tr ul"
  ).split(" "),
);
const unseen = new Set(
  "head script style template noscript title svg math textarea select iframe object".split(" "),
);
const struckOut = new Set(["del", "s", "strike"]);

/** Reads an HTML document. */
export function htmlDocument(source: string): Document {
  const root = parse(source, { sourceCodeLocationInfo: true });
  const blocks = blocksOf(root.childNodes, source, 0);
  return { format: "html", source, blocks: markContents(blocks) };
}

/** Reads the HTML between two offsets of a document in another format. */
export function htmlBlocks(source: string, from: number, to: number): readonly Block[] {
  const root = parseFragment(source.slice(from, to), { sourceCodeLocationInfo: true });
  return blocksOf(root.childNodes, source, from);
}

function blocksOf(nodes: readonly Node[], source: string, base: number): readonly Block[] {
  const walk = new Walk(source, base);
  for (const node of nodes) walk.node(node, { kind: "paragraph", heading: 0 }, 0);
  walk.flush();
  return walk.blocks;
}

interface Place {
  readonly kind: BlockKind;
  readonly heading: number;
}

/** One walk through a tree; it lives for one call. */
class Walk {
  readonly blocks: Block[] = [];
  readonly #source: string;
  readonly #base: number;
  #builder = new BlockBuilder();
  #start: number | undefined;
  #end = 0;
  #place: Place = { kind: "paragraph", heading: 0 };

  constructor(source: string, base: number) {
    this.#source = source;
    this.#base = base;
  }

  node(node: Node, place: Place, depth: number): void {
    if (depth > deepest) return;
    if ("value" in node) this.#text(node, place);
    else if (node.nodeName === "#comment") this.#comment(node);
    else if ("tagName" in node) this.#element(node, place, depth);
  }

  flush(): void {
    const start = this.#start ?? 0;
    const block = this.#builder.build(this.#place.kind, start, this.#end, this.#place.heading);
    if (block) this.blocks.push(block);
    this.#builder = new BlockBuilder();
    this.#start = undefined;
  }

  #element(element: Element, place: Place, depth: number): void {
    const { tagName } = element;
    if (unseen.has(tagName) || isHidden(element) || struckOut.has(tagName)) return;
    if (tagName === "pre") {
      this.#pre(element);
      return;
    }
    const isBlock = blockElements.has(tagName);
    if (isBlock) this.flush();
    if (/^(br|sup|sub)$/.test(tagName)) this.#builder.put(" ", this.#end);
    const target = tagName === "a" ? attribute(element, "href") : undefined;
    if (target !== undefined) this.#builder.openLink(target);
    for (const child of element.childNodes) this.node(child, placeIn(tagName, place), depth + 1);
    if (target !== undefined) this.#builder.closeLink();
    if (isBlock) this.flush();
  }

  #pre(element: Element): void {
    this.flush();
    const location = element.sourceCodeLocation;
    if (!location) return;
    const start = this.#base + (location.startTag?.endOffset ?? location.startOffset);
    const end = this.#base + (location.endTag?.startOffset ?? location.endOffset);
    this.blocks.push(rawBlock("code", this.#source, start, Math.max(start, end)));
  }

  #comment(node: Node): void {
    const location = node.sourceCodeLocation;
    if (!location) return;
    const [start, end] = [this.#base + location.startOffset, this.#base + location.endOffset];
    this.blocks.push(rawBlock("comment", this.#source, start, end));
  }

  #text(node: DefaultTreeAdapterTypes.TextNode, place: Place): void {
    const location = node.sourceCodeLocation;
    if (!location) return;
    const [start, end] = [this.#base + location.startOffset, this.#base + location.endOffset];
    this.#place = place;
    if (node.value.trim() !== "") this.#start ??= start;
    this.#end = end;
    this.#builder.entities(this.#source, start, end);
  }
}

function placeIn(tagName: string, place: Place): Place {
  if (place.kind === "quote") return place;
  if (tagName === "blockquote") return { kind: "quote", heading: 0 };
  if (/^h[1-6]$/.test(tagName)) return { kind: "heading", heading: Number(tagName[1]) };
  if (tagName === "li") return { kind: "item", heading: 0 };
  if (tagName === "td" || tagName === "th") return { kind: "cell", heading: 0 };
  return place;
}

function isHidden(element: Element): boolean {
  const style = attribute(element, "style") ?? "";
  return attribute(element, "hidden") !== undefined || isHiding(style);
}

function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((candidate) => candidate.name === name)?.value;
}
