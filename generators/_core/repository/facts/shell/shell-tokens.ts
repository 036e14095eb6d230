import { closingParenthesis, placeOfNext } from "./shell-spans.ts";
import { readWord, type ShellWord, type Substitution } from "./shell-word.ts";

/** A script that is run to make a word, and its first line. */
export interface InnerScript {
  readonly source: string;
  readonly line: number;
}

/** What a script is made of. Comments and here-documents are no part of it. */
export type ShellToken =
  | {
      readonly kind: "word";
      readonly word: ShellWord;
      readonly line: number;
      readonly scripts: readonly InnerScript[];
      /** What `NAME=(one two)` puts between its parentheses. */
      readonly list: string | undefined;
    }
  /** Where output goes; only what is run to find out is of interest. */
  | { readonly kind: "target"; readonly scripts: readonly InnerScript[] }
  /** The end of a command; `&&` and `||` make what follows depend on it. */
  | { readonly kind: "end"; readonly isCondition: boolean }
  | { readonly kind: "open" | "close" }
  /** `()` behind the name of a function. */
  | { readonly kind: "parameters" };

const marks = "\n()<>;|&";
/** What stands between words: blanks, comments, and ends of lines that are none. */
const gap = /(?:[^\S\n]+|#[^\n]*|\\\r?\n)*/y;
const blanks = /[ \t]*/y;
const hereDocument = /<<(?:<|[-~]?[ \t]*["'\\]?([\w.-]+)["']?)?/y;
const redirection = /(?:&>?)?>[>|&]?|<[&>]?/y;
const separator = /\n|\([^\S\n]*\)|[()]|&&|\|\||;;&?|[;|&]/y;
const plainEnd: ShellToken = { kind: "end", isCondition: false };
const condition: ShellToken = { kind: "end", isCondition: true };
const parameters: ShellToken = { kind: "parameters" };
const separators: ReadonlyMap<string, ShellToken> = new Map<string, ShellToken>([
  ...["\n", ";", ";;", ";;&", "|", "&"].map((mark) => [mark, plainEnd] as const),
  ...["&&", "||"].map((mark) => [mark, condition] as const),
  ["(", { kind: "open" }],
  [")", { kind: "close" }],
]);
/** The most here-documents of one line. */
const mostTexts = 20;
const nothing: readonly InnerScript[] = [];
/** Programs that run what stands in a here-document. */
const shells = /(?:^|\/)(?:(?:ba|da|z|k)?sh|ssh|su|sudo)$/;

/**
 * Takes a script apart into its tokens.
 *
 * @param isOpened Whether `$(…)` is read as a script, and not letter by letter.
 */
export function* shellTokens(text: string, isOpened: boolean): Generator<ShellToken, void> {
  const lineAt = lineCounter(text);
  /** The ends of here-documents that begin behind this line. */
  let texts: readonly string[] = [];
  let isForShell = false;
  let at = 0;
  while ((at = endOf(gap, text, at)) < text.length) {
    const letter = text.charAt(at);
    if (!marks.includes(letter)) {
      const line = lineAt(at);
      const { word, substitutions, end } = readWord(text, at, isOpened);
      const isList = text[end] === "(" && /^\w+\+?=$/.test(word.text);
      at = isList ? closingParenthesis(text, end) + 1 : end;
      const list = isList ? text.slice(end + 1, at - 1) : undefined;
      isForShell ||= shells.test(word.text);
      yield { kind: "word", word, line, scripts: scriptsOf(substitutions, lineAt), list };
    } else if (text.startsWith("<<", at)) {
      hereDocument.lastIndex = at;
      const mark = hereDocument.exec(text)?.[1];
      at = hereDocument.lastIndex;
      if (mark !== undefined && !isForShell && texts.length < mostTexts) texts = [...texts, mark];
    } else if (endOf(redirection, text, at) > at) {
      at = endOf(redirection, text, at);
      if (text[at] === "(") continue;
      const { substitutions, end } = readWord(text, endOf(blanks, text, at), isOpened);
      at = end;
      yield { kind: "target", scripts: scriptsOf(substitutions, lineAt) };
    } else {
      const behind = endOf(separator, text, at);
      yield separators.get(text.slice(at, behind)) ?? parameters;
      isForShell = false;
      at = letter === "\n" ? behindTexts(text, behind, texts) : behind;
      if (letter === "\n") texts = [];
    }
  }
}

function scriptsOf(
  substitutions: readonly Substitution[],
  lineAt: (at: number) => number,
): readonly InnerScript[] {
  if (substitutions.length === 0) return nothing;
  return substitutions.map(({ source, start }) => ({ source, line: lineAt(start) }));
}

/** Counts lines from 1, for offsets that only grow. */
function lineCounter(text: string): (at: number) => number {
  let line = 1;
  let end = placeOfNext("\n", text, 0);
  return (at) => {
    for (; end < at; line += 1) end = placeOfNext("\n", text, end + 1);
    return line;
  };
}

/** Behind what a sticky pattern matches at a place; the place itself where it matches nothing. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** Behind the here-documents that are text. */
function behindTexts(text: string, from: number, ends: readonly string[]): number {
  let at = from;
  for (const end of ends) {
    let line: string | undefined;
    while (at < text.length && line !== end) {
      const behind = placeOfNext("\n", text, at);
      line = text.slice(at, behind).trim();
      at = behind + 1;
    }
  }
  return at;
}
