import { shellTokens, type InnerScript } from "./shell-tokens.ts";
import type { ShellWord } from "./shell-word.ts";

/** What tokens make together, in their order. Lines count from 1. */
export type ShellStatement =
  | {
      readonly kind: "command";
      readonly words: readonly ShellWord[];
      readonly line: number;
      /** Whether `&&` or `||` stands before or behind it. */
      readonly isConditional: boolean;
    }
  /** A word that opens or closes a block, where a command could begin. */
  | { readonly kind: "keyword"; readonly word: string }
  /** The name of a function; its body follows. */
  | { readonly kind: "function"; readonly name: string }
  | { readonly kind: "list"; readonly name: string; readonly value: string }
  /** What is run to make the words of the next command. */
  | { readonly kind: "scripts"; readonly scripts: readonly InnerScript[] }
  | { readonly kind: "open" | "close" };

/** These are followed by words of their own, which are kept with them: `for NAME in …`. */
const headings = ["for", "select", "case"];
const keywords = new Set(
  "{ } if then elif else fi while until do done esac ! time".split(" ").concat(headings),
);

/** Puts the tokens of a script together to commands, and to what stands around them. */
export function* shellStatements(text: string, isOpened: boolean): Generator<ShellStatement, void> {
  let words: ShellWord[] = [];
  let line = 1;
  let isBehindCondition = false;
  for (const token of shellTokens(text, isOpened)) {
    const first = words[0];
    switch (token.kind) {
      case "word": {
        const { word, list, scripts } = token;
        if (scripts.length > 0) yield { kind: "scripts", scripts };
        const isKeyword = !first && keywords.has(word.text);
        if (isKeyword) yield { kind: "keyword", word: word.text };
        if (!first) line = token.line;
        if (!isKeyword || headings.includes(word.text)) words.push(word);
        if (list !== undefined) yield listOf(word.text, list);
        break;
      }
      case "parameters":
        if (first && words.length === 1) yield { kind: "function", name: first.text };
        else {
          yield* statementsOf(words, line, isBehindCondition);
          isBehindCondition = false;
        }
        words = [];
        break;
      case "open":
      case "close":
        yield* statementsOf(words, line, isBehindCondition);
        isBehindCondition = false;
        words = [];
        yield { kind: token.kind };
        break;
      case "end":
        yield* statementsOf(words, line, isBehindCondition || token.isCondition);
        isBehindCondition = token.isCondition;
        words = [];
        break;
      case "target":
        if (token.scripts.length > 0) yield { kind: "scripts", scripts: token.scripts };
        break;
      default:
        token satisfies never;
    }
  }
  yield* statementsOf(words, line, isBehindCondition);
}

function* statementsOf(
  words: readonly ShellWord[],
  line: number,
  isConditional: boolean,
): Generator<ShellStatement, void> {
  const [first, second, third] = words;
  if (first?.text === "function" && second) {
    yield { kind: "function", name: second.text };
    if (third?.text === "{") yield { kind: "keyword", word: "{" };
  } else if (first) yield { kind: "command", words, line, isConditional };
}

function listOf(assignment: string, inner: string): ShellStatement {
  return {
    kind: "list",
    name: assignment.replace(/\+?=$/, ""),
    value: inner.replace(/["'\s]+/g, " ").trim(),
  };
}
