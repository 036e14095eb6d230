import { isStatement, type Block, type Document } from "../documents/document.ts";

/** A word of a document, folded for comparison. */
export interface Token {
  /** Lower case, without typographic variants; an address without its scheme. */
  readonly word: string;
  /** As it is written, but for white space. */
  readonly shown: string;
  /** UTF-16 offsets in the source. */
  readonly start: number;
  readonly end: number;
  /** Counts the sentences of the block. */
  readonly sentence: number;
  /** Whether it differs from {@link word} in more than case: a missing scheme, words of a link. */
  readonly isLoose: boolean;
}

/** The words of a block, and the same with each link replaced by the address it leads to. */
export interface TokenBlock {
  readonly block: Block;
  readonly tokens: readonly Token[];
  /** `undefined` where no link leads to Mattermost's sites. */
  readonly addressed: readonly Token[] | undefined;
  readonly words: ReadonlySet<string>;
}

/** A document ready to be searched for statements. */
export interface TokenDocument {
  readonly document: Document;
  readonly statements: readonly TokenBlock[];
  /** Comments, code and quotations: words that are no statements. */
  readonly others: readonly TokenBlock[];
}

/** Hosts whose addresses the program's sentences and links hold. */
export const officialHost =
  /^(?:https?:\/\/)?(?:(?:docs|about|www|handbook|support|developers)\.)?mattermost\.(?:com|org)(?:[/#?]|$)/i;

/** Folds the words of a document once, for every statement that is looked for in it. */
export function tokenDocument(document: Document): TokenDocument {
  const blocks = document.blocks.filter(isTelling).map(tokenBlock);
  return {
    document,
    statements: blocks.filter(({ block }) => isStatement(block)),
    others: blocks.filter(({ block }) => !isStatement(block)),
  };
}

/** Words of which every sentence of the program has one: a block without them need not be folded. */
const telling = /mattermost|deployment|production|security|documentation|ssl|tls|smtp|equivalent/i;

function isTelling({ text, links }: Block): boolean {
  return telling.test(text) || links.some(({ target }) => telling.test(target));
}

/** Folds a text that stands for itself: a wording, a name. */
export function wordsOf(text: string): readonly string[] {
  return tokensOf(text, (at) => at, []).map(({ word }) => word);
}

/** The address in the form in which two of them are compared: no scheme, no slash at its end. */
export function foldAddress(address: string): string {
  const bare = address.trim().replace(/^https?:\/\//i, "");
  const [, host = "", path = ""] = /^([^/#?]*)(.*)$/s.exec(bare) ?? [];
  return (host.toLowerCase() + path).replace(/\/(?=$|#)/, "");
}

function tokenBlock(block: Block): TokenBlock {
  const offset = (at: number) => block.offsets[at] ?? block.end;
  const tokens = tokensOf(block.text, offset, block.links);
  const official = block.links.filter(({ target }) => officialHost.test(target));
  const hasWords = official.some(({ text }) => !/^https?:/i.test(text));
  const addressed = hasWords ? tokensOf(block.text, offset, block.links, true) : undefined;
  const words = new Set([...tokens, ...(addressed ?? [])].map(({ word }) => word));
  return { block, tokens, addressed, words };
}

const piece =
  /(?:https?:\/\/|www\.)[^\s<>"'`|)\]]+|(?:[a-z\d-]+\.){0,3}mattermost\.(?:com|org)(?:\/[^\s<>"'`|)\]]*)?|[\p{L}\p{N}\p{M}_]+(?:['][\p{L}]+)?|[[\]<>{}?]|[.!](?=\s|$)/giu;

function tokensOf(
  text: string,
  offset: (at: number) => number,
  links: Block["links"],
  asAddresses = false,
): readonly Token[] {
  const { folded, origin } = fold(text);
  const tokens: Token[] = [];
  let sentence = 0;
  let linkIndex = -1;
  const inOrder = links.toSorted((a, b) => a.start - b.start);
  let next = 0;
  for (const { 0: written, index } of folded.matchAll(piece)) {
    const at = origin(index);
    if (written === "." || written === "!") {
      sentence += 1;
      continue;
    }
    while ((inOrder[next]?.end ?? Infinity) <= at) next += 1;
    const current = (inOrder[next]?.start ?? Infinity) <= at ? next : -1;
    const link = inOrder[current];
    const isAddress = /^(?:https?:\/\/|www\.)|mattermost\.(?:com|org)/.test(written);
    const clean = isAddress ? written.replace(/[.,;:!*_]+$/, "") : written;
    const last = origin(index + clean.length - 1);
    // What is shown as an address leads where its link does.
    const shownTarget = link && (isAddress || (asAddresses && officialHost.test(link.target)));
    if (shownTarget && asAddresses && current === linkIndex) continue;
    linkIndex = current;
    const target = shownTarget === true ? link.target : undefined;
    tokens.push({
      word: isAddress || target !== undefined ? foldAddress(target ?? clean) : wordForm(clean),
      shown: target !== undefined && asAddresses ? (link?.text ?? clean) : text.slice(at, last + 1),
      start: offset(at),
      end: offset(target !== undefined && asAddresses ? (link?.end ?? last + 1) - 1 : last) + 1,
      sentence,
      isLoose: isAddress
        ? !clean.startsWith("https://")
        : target !== undefined || forms[clean] !== undefined,
    });
    if (isAddress && /[.!]$/.test(written)) sentence += 1;
    if (written === "?") sentence += 1;
  }
  return tokens;
}

const forms: Readonly<Record<string, string>> = { ten: "10", mail: "email" };

function wordForm(word: string): string {
  return forms[word] ?? word;
}

interface Folded {
  readonly folded: string;
  /** Where a letter stood before. */
  readonly origin: (at: number) => number;
}

/** Lower case, compatibility forms, straight quotes, no invisible letters. */
function fold(text: string): Folded {
  // Most text is ASCII, where every letter stays in its place.
  if (/^[\0-\x7f]*$/.test(text)) return { folded: text.toLowerCase(), origin: (at) => at };
  const origin: number[] = [];
  let folded = "";
  let at = 0;
  for (const letter of text) {
    const plain = letter < "\u0080" ? letter.toLowerCase() : foldLetter(letter);
    folded += plain;
    for (let count = 0; count < plain.length; count += 1) origin.push(at);
    at += letter.length;
  }
  return { folded, origin: (index) => origin[index] ?? at };
}

function foldLetter(letter: string): string {
  if (/[\u00ad\u200b-\u200f\u2060\ufeff]/.test(letter)) return "";
  if (/[\u2018\u2019\u201b\u02bc]/.test(letter)) return "'";
  return letter.normalize("NFKC").toLowerCase();
}
