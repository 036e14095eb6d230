import type { Place } from "../../program/facts.ts";
import { shellDeeds } from "./shell/shell-deeds.ts";
import { parseShell, type ShellCommand, type ShellScript } from "./shell/shell-script.ts";
import { taskDeeds, taskTexts } from "./task-deeds.ts";
import { placeOf, type TextLine } from "./text-lines.ts";
import type { UpgradeDeed } from "./upgrade-deed.ts";

/** A file by its path and text. */
export interface ScriptFile {
  readonly path: string;
  readonly text: string;
}

/** Something that a script does, and where. */
export interface TracedDeed {
  readonly deed: UpgradeDeed;
  readonly place: Place;
}

/** The most commands that are followed: a script that runs itself has to end. */
const mostCommands = 10_000;
const deepest = 24;
const longestResolved = 1000;

/**
 * Follows a script in the order in which it runs, into its functions and into the scripts that it
 * runs or reads. What is printed, commented out, or never called does nothing.
 *
 * @param parts The other files of the repository that it may run.
 */
export function traceScript(
  script: ScriptFile,
  parts: readonly ScriptFile[],
): readonly TracedDeed[] {
  const trace = new Trace([script, ...parts]);
  trace.file(script, 0);
  return trace.deeds;
}

/** One walk through a script; it lives for one call. */
class Trace {
  readonly deeds: TracedDeed[] = [];
  readonly #parts: readonly ScriptFile[];
  readonly #scripts = new Map<string, ShellScript>();
  readonly #functions = new Map<
    string,
    { readonly file: ScriptFile; readonly body: readonly ShellCommand[] }
  >();
  readonly #values = new Map<string, string>();
  readonly #known = new Map<ShellCommand, readonly TracedDeed[]>();
  readonly #resolved = new Map<string, string>();
  readonly #open = new Set<string>();
  #count = 0;

  constructor(parts: readonly ScriptFile[]) {
    this.#parts = parts;
    for (const file of parts.filter(isShell)) {
      const script = parseShell(shellText(file));
      this.#scripts.set(file.path, script);
      for (const [name, body] of script.functions) {
        if (!this.#functions.has(name)) this.#functions.set(name, { file, body });
      }
      for (const [name, value] of script.values) {
        this.#values.set(name, `${this.#values.get(name) ?? ""} ${value}`.trim());
      }
    }
  }

  file(file: ScriptFile, depth: number): void {
    if (depth > deepest || this.#open.has(file.path)) return;
    this.#open.add(file.path);
    const script = this.#scripts.get(file.path);
    if (script) this.#commands(file, script.commands, depth);
    else if (!isShell(file)) this.#tasks(file, depth);
    this.#open.delete(file.path);
  }

  #commands(file: ScriptFile, commands: readonly ShellCommand[], depth: number): void {
    for (const command of commands) {
      this.#count += 1;
      if (this.#count > mostCommands) return;
      const name = command.words[0]?.text;
      if (depth === 0 && command.isCertain && (name === "exit" || name === "return")) return;
      this.deeds.push(...this.#deedsOf(file, command));
      if (name === "trap") continue;
      for (const { text, isPhrase } of command.words) {
        if (!isPhrase) this.#call(text, file, depth);
      }
      this.#handed(file, command, depth);
    }
  }

  /** A function that is called often does the same each time. */
  #deedsOf(file: ScriptFile, command: ShellCommand): readonly TracedDeed[] {
    const known = this.#known.get(command);
    if (known) return known;
    const deeds = shellDeeds(command, (text) => this.#resolve(text)).map((deed) => ({
      deed,
      place: placeOf(file.path, lineOf(file, command.line)),
    }));
    this.#known.set(command, deeds);
    return deeds;
  }

  /** A function, or a script of the repository. */
  #call(word: string, file: ScriptFile, depth: number): void {
    const known = this.#functions.get(word);
    const key = `${word}()`;
    if (known && depth < deepest && !this.#open.has(key)) {
      this.#open.add(key);
      this.#commands(known.file, known.body, depth + 1);
      this.#open.delete(key);
    }
    if (!word.includes("/") && !/\.(sh|bash|ya?ml)$/.test(word)) return;
    const end = word.replace(/^.*\$\{?\w+\}?\//, "").replace(/^(\.{0,2}\/)+/, "");
    const called = this.#parts.find(
      ({ path }) => path !== file.path && (path === end || path.endsWith(`/${end}`)),
    );
    if (called) this.file(called, depth + 1);
  }

  /** `sh -c 'pg_dump mattermost'` */
  #handed(file: ScriptFile, { words, line }: ShellCommand, depth: number): void {
    const isHanded = words.some(({ text }) => /^(-\w*c|eval|ssh)$/.test(text));
    if (!isHanded || depth >= deepest) return;
    for (const { text } of words.filter(({ isPhrase }) => isPhrase)) {
      const inner = parseShell(text).commands.map((command) => ({ ...command, line }));
      this.#commands(file, inner, depth + 1);
    }
  }

  #tasks(file: ScriptFile, depth: number): void {
    for (const { text, line, included } of taskTexts(file)) {
      this.#count += 1;
      if (this.#count > mostCommands) return;
      const place = placeOf(file.path, { text, line });
      for (const deed of taskDeeds(text)) this.deeds.push({ deed, place });
      if (included !== undefined) this.#call(included, file, depth);
    }
  }

  /** The text with what its variables are set to, where that is known. */
  #resolve(text: string): string {
    const known = this.#resolved.get(text);
    if (known !== undefined) return known;
    let resolved = text;
    for (let round = 0; round < 3 && resolved.length < longestResolved; round += 1) {
      resolved = resolved.replace(
        /\$(?:\{(\w+)[^}]*\}|(\w+))/g,
        (written, braced: string | undefined, bare: string | undefined) =>
          this.#values.get(braced ?? bare ?? "") ?? written,
      );
    }
    const cut = resolved.slice(0, longestResolved);
    this.#resolved.set(text, cut);
    return cut;
  }
}

function lineOf({ text }: ScriptFile, line: number): TextLine {
  return { text: text.split("\n", line)[line - 1] ?? "", line };
}

function isShell({ path, text }: ScriptFile): boolean {
  if (/^#!.*\b(ba|da|z|k)?sh\b/.test(text)) return true;
  return !text.startsWith("#!") && !/\.(ya?ml|py|pl|rb)$/.test(path);
}

/** A recipe of a Makefile is a script with a tab before each line. */
function shellText({ path, text }: ScriptFile): string {
  return /(^|\/)(GNU)?Makefile$/i.test(path)
    ? text.replace(/^\t[@+-]*/gm, "").replaceAll("$$", "$")
    : text;
}
