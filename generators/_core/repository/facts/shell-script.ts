/** A word of a command: its text without quotes, variables as they are written. */
export interface ShellWord {
  readonly text: string;
  /** Whether it is several words in quotes: what is printed, or handed to another shell. */
  readonly isPhrase: boolean;
}

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
const mostHereDocuments = 20;
/** Programs that run what stands in a here-document. */
const shells = /(^|\/)(ba|da|z|k)?sh$|(^|\/)(ssh|su|sudo)$/;

/** Takes a script apart into the commands that it runs. It understands what scripts use of a shell. */
export function parseShell(text: string): ShellScript {
  return readShell(text, 0);
}

function readShell(text: string, depth: number): ShellScript {
  const reading = new ShellReading(text, depth);
  reading.read();
  return reading;
}

/** One reading of a script; it lives for one call. */
class ShellReading implements ShellScript {
  readonly commands: ShellCommand[] = [];
  readonly functions = new Map<string, ShellCommand[]>();
  readonly values = new Map<string, string>();
  readonly #text: string;
  readonly #depth: number;
  #at = 0;
  #line = 1;
  #count = 0;
  #words: ShellWord[] = [];
  #wordsLine = 1;
  /** Braces that are open, each with the function whose body it holds. */
  readonly #bodies: (string | undefined)[] = [];
  #pendingName: string | undefined;
  /** Conditions and loops that are open; `dead` is what `if false` keeps from running. */
  readonly #blocks: ("live" | "dead")[] = [];
  #subshells = 0;
  #isBehindOperator = false;
  #hereDocuments: { readonly mark: string; readonly isRun: boolean }[] = [];

  constructor(text: string, depth: number) {
    this.#text = text;
    this.#depth = depth;
  }

  read(): void {
    while (this.#at < this.#text.length && this.#count < mostCommands) this.#step();
    this.#endCommand(false);
  }

  #step(): void {
    const letter = this.#text.charAt(this.#at);
    if (letter === "\n") {
      this.#endCommand(false);
      this.#at += 1;
      this.#line += 1;
      this.#skipHereDocuments();
    } else if (letter === "\\" && /^\\\r?\n/.test(this.#text.slice(this.#at, this.#at + 3))) {
      this.#at = this.#text.indexOf("\n", this.#at) + 1;
      this.#line += 1;
    } else if (/\s/.test(letter)) this.#at += 1;
    else if (letter === "#") this.#at = this.#endOfLine();
    else if (letter === "<" && this.#text.startsWith("<<", this.#at)) this.#hereDocument();
    else if (letter === "<" || letter === ">") this.#redirection();
    else if (letter === "(" || letter === ")") this.#parenthesis(letter);
    else if (letter === ";" || letter === "|" || letter === "&") this.#operator();
    else this.#word();
  }

  #operator(): void {
    const [written = ";"] =
      /^(&&|\|\||;;&?|&>>?|[;|&])/.exec(this.#text.slice(this.#at, this.#at + 3)) ?? [];
    if (written.startsWith("&>")) {
      this.#at += written.length - 1;
      this.#redirection();
      return;
    }
    this.#endCommand(written === "&&" || written === "||");
    this.#at += written.length;
  }

  /** Where the output goes is no argument. */
  #redirection(): void {
    const rest = this.#text.slice(this.#at, this.#at + 8);
    const [mark = ">"] = /^(>>|>\||>&|<&|<>|<|>)/.exec(rest) ?? [];
    this.#at += mark.length;
    if (this.#text[this.#at] === "(") return;
    while (/[ \t]/.test(this.#text.charAt(this.#at))) this.#at += 1;
    this.#readWord();
  }

  #parenthesis(letter: string): void {
    const before = this.#words.at(-1);
    const isHeader = letter === "(" && /^\(\s*\)/.test(this.#text.slice(this.#at, this.#at + 4));
    if (isHeader && this.#words.length === 1 && before) {
      this.#pendingName = before.text;
      this.#words = [];
      this.#at = this.#text.indexOf(")", this.#at) + 1;
      return;
    }
    this.#endCommand(false);
    this.#subshells = Math.max(0, this.#subshells + (letter === "(" ? 1 : -1));
    this.#at += 1;
  }

  #word(): void {
    if (this.#words.length === 0) this.#wordsLine = this.#line;
    const start = this.#at;
    const word = this.#readWord();
    if (this.#at === start) this.#at += 1;
    if (this.#words.length > 0 || !this.#isReserved(word.text)) this.#words.push(word);
    const [, name] = /^(\w+)\+?=$/.exec(word.text) ?? [];
    if (name !== undefined && this.#text[this.#at] === "(") this.#list(name);
  }

  /** `NAME=(one two)` */
  #list(name: string): void {
    const end = closing(this.#text, this.#at);
    const inner = this.#text.slice(this.#at + 1, end);
    this.#set(name, inner.replace(/["'\s]+/g, " ").trim());
    this.#line += inner.split("\n").length - 1;
    this.#at = end + 1;
  }

  #isReserved(word: string): boolean {
    if (word === "{") {
      // A group without a name mostly stands behind a condition: `|| { …; exit 1; }`.
      if (this.#pendingName === undefined) this.#blocks.push("live");
      this.#bodies.push(this.#pendingName);
      this.#pendingName = undefined;
    } else if (word === "}") {
      if (this.#bodies.pop() === undefined) this.#blocks.pop();
    } else if (/^(if|while|until|case|for|select)$/.test(word)) {
      this.#blocks.push("live");
      // Their own words follow: `for NAME in …`, `case … in`.
      return word === "if" || word === "while" || word === "until";
    } else if (/^(fi|done|esac)$/.test(word)) this.#blocks.pop();
    else if ((word === "else" || word === "elif") && this.#blocks.at(-1) === "dead") {
      this.#blocks.splice(-1, 1, "live");
    } else return /^(then|do|else|elif|!|time)$/.test(word);
    return true;
  }

  #endCommand(isOperator: boolean): void {
    const words = this.#words;
    const [first, second, third] = words;
    this.#words = [];
    const wasBehind = this.#isBehindOperator;
    this.#isBehindOperator = isOperator;
    if (!first) return;
    if (first.text === "function" && second) {
      this.#pendingName = second.text;
      if (third?.text === "{") this.#isReserved("{");
      return;
    }
    if (first.text === "false" && this.#blocks.at(-1) === "live" && words.length === 1) {
      this.#blocks.splice(-1, 1, "dead");
    }
    if (this.#blocks.includes("dead")) return;
    if (/^(for|select)$/.test(first.text) && second) {
      this.#set(
        second.text,
        words
          .slice(3)
          .map(({ text }) => text)
          .join(" "),
      );
      return;
    }
    for (const { text } of words) this.#assignment(text);
    this.#count += 1;
    const name = this.#bodies.findLast((body) => body !== undefined);
    const own = name === undefined ? this.commands : (this.functions.get(name) ?? []);
    if (name !== undefined) this.functions.set(name, own);
    own.push({
      words: words.filter(({ text }, index) => index > 0 || !/^\w+\+?=/.test(text)),
      line: this.#wordsLine,
      isCertain: this.#blocks.length === 0 && this.#subshells === 0 && !wasBehind && !isOperator,
    });
  }

  #assignment(text: string): void {
    const [, name, value] = /^(\w+)\+?=(.+)$/s.exec(text) ?? [];
    if (name !== undefined && value !== undefined) this.#set(name, value);
  }

  #set(name: string, value: string): void {
    const before = this.values.get(name);
    const joined = before === undefined ? value : `${before} ${value}`;
    this.values.set(name, joined.slice(0, longestValue));
  }

  /** Reads up to what ends a word; commands in `$(…)` are read as well. */
  #readWord(): ShellWord {
    let text = "";
    let isPhrase = false;
    while (this.#at < this.#text.length) {
      const letter = this.#text.charAt(this.#at);
      if (/[\s;|&()<>]/.test(letter)) break;
      if (letter === "'" || letter === '"') {
        const inner = this.#quoted(letter);
        isPhrase ||= /\s/.test(inner.trim());
        text += inner;
      } else if (letter === "\\") {
        text += this.#text.charAt(this.#at + 1);
        this.#at += 2;
      } else if (letter === "$" || letter === "`") text += this.#expansion();
      else {
        text += letter;
        this.#at += 1;
      }
    }
    return { text, isPhrase };
  }

  #quoted(mark: string): string {
    let text = "";
    this.#at += 1;
    while (this.#at < this.#text.length && this.#text[this.#at] !== mark) {
      const letter = this.#text.charAt(this.#at);
      if (letter === "\n") this.#line += 1;
      if (mark === '"' && letter === "\\") {
        text += this.#text.charAt(this.#at + 1);
        this.#at += 2;
      } else if (mark === '"' && (letter === "$" || letter === "`")) text += this.#expansion();
      else {
        text += letter;
        this.#at += 1;
      }
    }
    this.#at += 1;
    return text;
  }

  #expansion(): string {
    const rest = this.#text.slice(this.#at, this.#at + 3);
    const start = this.#at;
    if (rest.startsWith("$((")) this.#at = endOf(this.#text, "))", start);
    else if (this.#depth >= deepest) this.#at += 1;
    else if (rest.startsWith("$("))
      return this.#substitution(start + 2, closing(this.#text, start + 1));
    else if (rest.startsWith("`")) {
      const end = this.#text.indexOf("`", start + 1);
      return this.#substitution(start + 1, end === -1 ? this.#text.length : end);
    } else if (rest.startsWith("${")) this.#at = closingBrace(this.#text, start) + 1;
    else this.#at += 1;
    return this.#text.slice(start, this.#at);
  }

  #substitution(from: number, to: number): string {
    const source = this.#text.slice(from, to);
    const inner = readShell(source, this.#depth + 1);
    const name = this.#bodies.findLast((body) => body !== undefined);
    const own = name === undefined ? this.commands : (this.functions.get(name) ?? []);
    if (name !== undefined) this.functions.set(name, own);
    for (const command of inner.commands) {
      if (this.#blocks.includes("dead")) break;
      own.push({ ...command, line: this.#line + command.line - 1, isCertain: false });
    }
    this.#count += inner.commands.length;
    this.#line += source.split("\n").length - 1;
    this.#at = to + 1;
    return "$()";
  }

  #hereDocument(): void {
    const rest = this.#text.slice(this.#at, this.#at + 80);
    const [written, mark] = /^<<[-~]?[ \t]*["'\\]?([\w.-]+)["']?/.exec(rest) ?? [];
    if (mark === undefined || written === undefined || rest.startsWith("<<<")) {
      this.#at += rest.startsWith("<<<") ? 3 : 2;
      return;
    }
    const isRun = this.#words.some(({ text }) => shells.test(text));
    if (this.#hereDocuments.length < mostHereDocuments) this.#hereDocuments.push({ mark, isRun });
    this.#at += written.length;
  }

  /** What a here-document holds is text, unless a shell reads it. */
  #skipHereDocuments(): void {
    for (const { mark, isRun } of this.#hereDocuments) {
      if (isRun) continue;
      while (this.#at < this.#text.length) {
        const end = this.#endOfLine();
        const line = this.#text.slice(this.#at, end).trim();
        this.#at = end + 1;
        this.#line += 1;
        if (line === mark) break;
      }
    }
    this.#hereDocuments = [];
  }

  #endOfLine(): number {
    const end = this.#text.indexOf("\n", this.#at);
    return end === -1 ? this.#text.length : end;
  }
}

function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at === -1 ? text.length : at + mark.length;
}

/** Where the brace that opens behind a dollar sign is closed. */
function closingBrace(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === "\\") at += 1;
    else if (letter === "{") depth += 1;
    else if (letter === "}") {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return text.length;
}

/** Where the parenthesis that opens at a place is closed. */
function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === "\\") at += 1;
    else if (letter === "'") at = Math.max(at, text.indexOf("'", at + 1));
    else if (letter === '"') at = closingQuote(text, at);
    else if (letter === "(") depth += 1;
    else if (letter === ")") {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return text.length;
}

/** Where a double quote is closed; commands in it have quotes of their own. */
function closingQuote(text: string, open: number): number {
  let depth = 0;
  for (let at = open + 1; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === "\\") at += 1;
    else if (letter === "(" && text[at - 1] === "$") depth += 1;
    else if (letter === ")" && depth > 0) depth -= 1;
    else if (letter === '"' && depth === 0) return at;
  }
  return text.length;
}
