import { closingBrace, closingParenthesis, placeOfNext } from "./shell-spans.ts";

/** A word of a command: its text without quotes, variables as they are written. */
export interface ShellWord {
  readonly text: string;
  /** Whether it is several words in quotes: what is printed, or handed to another shell. */
  readonly isPhrase: boolean;
}

/** The script in `$(…)` or in backquotes, and the offset where it begins. */
export interface Substitution {
  readonly source: string;
  readonly start: number;
}

/** A word, what is run to make it, and the offset behind it. */
export interface WordReading {
  readonly word: ShellWord;
  readonly substitutions: readonly Substitution[];
  readonly end: number;
}

/** A stretch of a word in one manner of quoting; `$()` stands for what is run. */
interface Stretch {
  readonly text: string;
  readonly substitutions: readonly Substitution[];
  readonly end: number;
}

const bare = /[^\s;|&()<>'"\\$`]+/y;
const inDoubleQuotes = /[^"\\$`]+/y;
const nothing: readonly Substitution[] = [];

/**
 * Reads up to what ends a word: white space, or a mark of the shell outside of quotes.
 *
 * @param isOpened Whether `$(…)` is read as a script, and not letter by letter.
 */
export function readWord(text: string, from: number, isOpened: boolean): WordReading {
  let stretch = readStretch(text, from, bare, isOpened);
  let written = stretch.text;
  let substitutions = stretch.substitutions;
  let isPhrase = false;
  for (let mark = text[stretch.end]; mark === "'" || mark === '"'; mark = text[stretch.end]) {
    const start = stretch.end + 1;
    const quoted =
      mark === "'" ? literal(text, start) : readStretch(text, start, inDoubleQuotes, isOpened);
    stretch = readStretch(text, quoted.end + 1, bare, isOpened);
    written += quoted.text + stretch.text;
    substitutions = joined(joined(substitutions, quoted.substitutions), stretch.substitutions);
    isPhrase ||= /\s/.test(quoted.text.trim());
  }
  return { word: { text: written, isPhrase }, substitutions, end: stretch.end };
}

function literal(text: string, from: number): Stretch {
  const end = placeOfNext("'", text, from);
  return { text: text.slice(from, end), substitutions: nothing, end };
}

/** @param plain What stands for itself, as a sticky pattern. */
function readStretch(text: string, from: number, plain: RegExp, isOpened: boolean): Stretch {
  let written = "";
  let substitutions = nothing;
  let at = from;
  for (;;) {
    plain.lastIndex = at;
    if (plain.test(text)) {
      written += text.slice(at, plain.lastIndex);
      at = plain.lastIndex;
    }
    const letter = text[at];
    if (letter === "\\") {
      written += text.charAt(at + 1);
      at += 2;
    } else if (letter === "$" || letter === "`") {
      const script = isOpened ? substitutionAt(text, at) : undefined;
      const end = script
        ? script.start + script.source.length + 1
        : expansionEnd(text, at, isOpened);
      written += script ? "$()" : text.slice(at, end);
      if (script) substitutions = substitutions.concat(script);
      at = end;
    } else return { text: written, substitutions, end: at };
  }
}

/** Most words run nothing: no list is made for them. */
function joined(
  before: readonly Substitution[],
  further: readonly Substitution[],
): readonly Substitution[] {
  return further.length === 0 ? before : before.concat(further);
}

function substitutionAt(text: string, at: number): Substitution | undefined {
  if (text[at] === "`") return scriptIn(text, at + 1, placeOfNext("`", text, at + 1));
  if (text[at + 1] !== "(" || text[at + 2] === "(") return undefined;
  return scriptIn(text, at + 2, closingParenthesis(text, at + 1));
}

function scriptIn(text: string, start: number, end: number): Substitution {
  return { source: text.slice(start, end), start };
}

/** Behind a variable with its braces, behind arithmetic, or behind the mark alone. */
function expansionEnd(text: string, at: number, isOpened: boolean): number {
  if (text.startsWith("$((", at)) return Math.min(placeOfNext("))", text, at) + 2, text.length);
  if (isOpened && text[at + 1] === "{") return closingBrace(text, at) + 1;
  return at + 1;
}
