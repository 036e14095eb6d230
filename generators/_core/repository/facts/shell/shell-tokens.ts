import { closingParenthesis, placeOfNext } from "./shell-spans.ts";
import { readWord, type ShellWord } from "./shell-word.ts";

/** What a script is made of. Comments, here-documents and targets of output are no part of it. */
export type ShellToken =
  | {
      readonly kind: "word";
      readonly word: ShellWord;
      readonly line: number;
      /** What `NAME=(one two)` puts between its parentheses. */
      readonly list: string | undefined;
    }
  /** A script that is run to make the next word, or a target of output; its first line. */
  | { readonly kind: "substitution"; readonly source: string; readonly line: number }
  /** The end of a command; `&&` and `||` make what follows depend on it. */
  | { readonly kind: "end"; readonly isCondition: boolean }
  | { readonly kind: "open" | "close" }
  /** `()` behind the name of a function. */
  | { readonly kind: "parameters" };

const marks = "\n()<>;|&";
/** What stands between words: blanks, comments, and ends of lines that are none. */
const gap = /(?:[^\S\n]+|#[^\n]*|\\\r?\n)*/y;
const blanks = /[ \t]*/y;
const parentheses = /\([^\S\n]*\)|[()]/y;
const hereDocument = /<<(?:<|[-~]?[ \t]*["'\\]?([\w.-]+)["']?)?/y;
const redirection = /(?:&>?)?>[>|&]?|<[&>]?/y;
const operator = /&&|\|\||;;&?|[;|&]/y;
/** Programs that run what stands in a here-document. */
const shells = /(?:^|\/)(?:(?:ba|da|z|k)?sh|ssh|su|sudo)$/;

/**
 * Takes a script apart into its tokens.
 *
 * @param isOpened Whether scripts within words become tokens of their own.
 */
export function* shellTokens(text: string, isOpened: boolean): Generator<ShellToken, void> {
  const lineAt = lineCounter(text);
  /** The ends of here-documents that begin behind this line. */
  let texts: string[] = [];
  let isForShell = false;
  let at = 0;
  while ((at = endOf(gap, text, at)) < text.length) {
    const letter = text.charAt(at);
    if (!marks.includes(letter)) {
      const { word, substitutions, end } = readWord(text, at, isOpened);
      const line = lineAt(at);
      for (const { source, start } of substitutions)
        yield { kind: "substitution", source, line: lineAt(start) };
      const isList = text[end] === "(" && /^\w+\+?=$/.test(word.text);
      at = isList ? closingParenthesis(text, end) + 1 : end;
      yield { kind: "word", word, line, list: isList ? text.slice(end + 1, at - 1) : undefined };
      isForShell ||= shells.test(word.text);
    } else if (text.startsWith("<<", at)) {
      hereDocument.lastIndex = at;
      const [written = "<<", mark] = hereDocument.exec(text) ?? [];
      if (mark !== undefined && !isForShell) texts.push(mark);
      at += written.length;
    } else if (endOf(redirection, text, at) > at) {
      at = endOf(redirection, text, at);
      if (text[at] === "(") continue;
      const target = readWord(text, endOf(blanks, text, at), isOpened);
      for (const { source, start } of target.substitutions)
        yield { kind: "substitution", source, line: lineAt(start) };
      at = target.end;
    } else {
      isForShell = false;
      const end = endOf(parentheses, text, at);
      if (end > at) {
        const kind = letter === ")" ? "close" : end > at + 1 ? "parameters" : "open";
        yield { kind };
        at = end;
      } else if (letter === "\n") {
        yield { kind: "end", isCondition: false };
        at = behindTexts(text, at + 1, texts);
        texts = [];
      } else {
        const behind = endOf(operator, text, at);
        yield { kind: "end", isCondition: /^(?:&&|\|\|)$/.test(text.slice(at, behind)) };
        at = behind;
      }
    }
  }
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
