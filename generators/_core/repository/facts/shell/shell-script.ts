import {
  behindFalse,
  behindKeyword,
  behindParenthesis,
  functionOf,
  isCertain,
  outermost,
  type ShellScope,
} from "./shell-scope.ts";
import { shellStatements, type ShellStatement } from "./shell-statements.ts";
import type { InnerScript } from "./shell-tokens.ts";
import type { ShellWord } from "./shell-word.ts";

/** A simple command of a script. Lines count from 1. */
export interface ShellCommand {
  readonly words: readonly ShellWord[];
  readonly line: number;
  /** Whether it runs whenever the script comes to it: behind no condition and in no loop. */
  readonly isCertain: boolean;
}

/** What a script runs, and what it defines. Comments and texts that it prints are no part of it. */
export interface ShellScript {
  readonly commands: readonly ShellCommand[];
  readonly functions: ReadonlyMap<string, readonly ShellCommand[]>;
  /** What each variable is set to anywhere, one value after the other. */
  readonly values: ReadonlyMap<string, string>;
}

/** The most commands of one script that are looked at. */
const mostCommands = 4000;
const longestValue = 300;
/** Commands within commands that are opened. */
const deepest = 12;

/** Takes a script apart into the commands that it runs. It understands what scripts use of a shell. */
export function parseShell(text: string): ShellScript {
  return parseWithin(text, 0);
}

function parseWithin(text: string, depth: number): ShellScript {
  const commands: ShellCommand[] = [];
  const functions = new Map<string, ShellCommand[]>();
  const values = new Map<string, string>();
  let scope = outermost;
  let count = 0;
  for (const statement of shellStatements(text, depth < deepest)) {
    scope = scopeBehind(scope, statement);
    const isDead = scope.blocks.includes("dead");
    if (statement.kind === "list") add(values, statement.name, statement.value);
    else if (statement.kind === "scripts") {
      const inner = statement.scripts.flatMap((script) => commandsIn(script, depth + 1));
      const body = bodyIn(scope, commands, functions);
      if (!isDead) body.push(...inner);
      count += inner.length;
    } else if (statement.kind === "command" && !isDead) {
      for (const [name, value] of settingsOf(statement.words)) add(values, name, value);
      if (isLoop(statement.words)) continue;
      bodyIn(scope, commands, functions).push({
        words: withoutSetting(statement.words),
        line: statement.line,
        isCertain: isCertain(scope) && !statement.isConditional,
      });
      count += 1;
    }
    if (count >= mostCommands) break;
  }
  return { commands, functions, values };
}

/** Whether what a word holds is run depends on the command that it belongs to. */
function commandsIn({ source, line: first }: InnerScript, depth: number): readonly ShellCommand[] {
  const { commands } = parseWithin(source, depth);
  return commands.map(({ words, line }) => ({ words, line: first + line - 1, isCertain: false }));
}

function scopeBehind(scope: ShellScope, statement: ShellStatement): ShellScope {
  switch (statement.kind) {
    case "keyword":
      return behindKeyword(scope, statement.word);
    case "function":
      return { ...scope, named: statement.name };
    case "open":
    case "close":
      return behindParenthesis(scope, statement.kind);
    case "command": {
      const { words } = statement;
      return words.length === 1 && words[0]?.text === "false" ? behindFalse(scope) : scope;
    }
    case "list":
    case "scripts":
      return scope;
    default:
      return statement satisfies never;
  }
}

/** The commands of the script itself, or of the function whose body this is. */
function bodyIn(
  scope: ShellScope,
  commands: ShellCommand[],
  functions: Map<string, ShellCommand[]>,
): ShellCommand[] {
  const name = functionOf(scope);
  if (name === undefined) return commands;
  const body = functions.get(name) ?? [];
  functions.set(name, body);
  return body;
}

function isLoop(words: readonly ShellWord[]): boolean {
  const heading = words[0]?.text;
  return words.length > 1 && (heading === "for" || heading === "select");
}

/** `NAME=value` anywhere in a command, as of `export`; `for NAME in value value`. */
function settingsOf(words: readonly ShellWord[]): readonly (readonly [string, string])[] {
  if (isLoop(words)) {
    const values = words.slice(3).map(({ text }) => text);
    return [[words[1]?.text ?? "", values.join(" ")]];
  }
  return words
    .filter(({ text }) => /^\w+\+?=./s.test(text))
    .map(({ text }) => {
      const at = text.indexOf("=");
      return [text.slice(0, at).replace("+", ""), text.slice(at + 1)];
    });
}

function withoutSetting(words: readonly ShellWord[]): readonly ShellWord[] {
  return /^\w+\+?=/.test(words[0]?.text ?? "") ? words.slice(1) : words;
}

function add(values: Map<string, string>, name: string, value: string): void {
  const before = values.get(name);
  const joined = before === undefined ? value : `${before} ${value}`;
  values.set(name, joined.slice(0, longestValue));
}
