import type { Place } from "../../program/facts.ts";
import { readScripts, type ScriptFile, type ScriptLibrary } from "./script-library.ts";
import { shellDeeds } from "./shell/shell-deeds.ts";
import { parseShell, type ShellCommand } from "./shell/shell-script.ts";
import { taskDeeds, taskTexts } from "./task-deeds.ts";
import { placeOf, type TextLine } from "./text-lines.ts";
import type { UpgradeDeed } from "./upgrade-deed.ts";

/** Something that a script does, and where. */
export interface TracedDeed {
  readonly deed: UpgradeDeed;
  readonly place: Place;
}

/** One command or task: what it does itself, then what it runs. */
interface Act {
  readonly deeds: readonly TracedDeed[];
  readonly runs: readonly Routine[];
  /** Whether the script ends here. */
  readonly isEnd: boolean;
}

/** A script, a function, or a text that is handed to a shell. Its acts are looked at once. */
interface Routine {
  readonly acts: () => readonly Act[];
}

/** The most acts that are followed: a script that runs itself has to end. */
const mostActs = 10_000;
const deepest = 24;

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
  const deeds: TracedDeed[] = [];
  const open = new Set<Routine>();
  let count = 0;
  const follow = (routine: Routine, depth: number): void => {
    open.add(routine);
    for (const act of routine.acts()) {
      count += 1;
      if (count > mostActs || (depth === 0 && act.isEnd)) break;
      deeds.push(...act.deeds);
      for (const run of act.runs) if (depth < deepest && !open.has(run)) follow(run, depth + 1);
    }
    open.delete(routine);
  };
  follow(routineOf(readScripts([script, ...parts]))(script), 0);
  return deeds;
}

/** How to come from a file to its routine. Each file, and each function, has one. */
function routineOf(library: ScriptLibrary): (file: ScriptFile) => Routine {
  const functions = new Map<string, Routine>();
  for (const [name, { file, body }] of library.functions)
    functions.set(name, { acts: once(() => body.map((command) => actOf(file, command))) });
  const files = new Map<ScriptFile, Routine>();
  for (const file of library.files) files.set(file, { acts: once(() => actsIn(file)) });

  return (file) => files.get(file) ?? { acts: () => [] };

  function actsIn(file: ScriptFile): readonly Act[] {
    const script = library.scripts.get(file.path);
    if (script) return script.commands.map((command) => actOf(file, command));
    return taskTexts(file).map(({ text, line, included }) => ({
      deeds: placed(file, { text, line }, taskDeeds(text)),
      runs: included === undefined ? [] : called(included, file),
      isEnd: false,
    }));
  }

  function actOf(file: ScriptFile, command: ShellCommand): Act {
    const { words, line, isCertain } = command;
    const name = words[0]?.text;
    const deeds = shellDeeds(command, library.resolve);
    const single = words.filter(({ isPhrase }) => !isPhrase);
    return {
      deeds: deeds.length === 0 ? [] : placed(file, lineOf(file, line), deeds),
      runs:
        name === "trap"
          ? []
          : [...single.flatMap(({ text }) => called(text, file)), ...handed(file, command)],
      isEnd: isCertain && (name === "exit" || name === "return"),
    };
  }

  /** A function, or a script of the repository. */
  function called(word: string, file: ScriptFile): readonly Routine[] {
    const known = functions.get(word);
    const own = known ? [known] : [];
    if (!word.includes("/") && !/\.(sh|bash|ya?ml)$/.test(word)) return own;
    const end = word.replace(/^.*\$\{?\w+\}?\//, "").replace(/^(\.{0,2}\/)+/, "");
    const other = library.files.find(
      ({ path }) => path !== file.path && (path === end || path.endsWith(`/${end}`)),
    );
    const routine = other && files.get(other);
    return routine ? [...own, routine] : own;
  }

  /** `sh -c 'pg_dump mattermost'` */
  function handed(file: ScriptFile, { words, line }: ShellCommand): readonly Routine[] {
    if (!words.some(({ text }) => /^(-\w*c|eval|ssh)$/.test(text))) return [];
    const actsOf = (text: string) =>
      parseShell(text).commands.map((command) => actOf(file, { ...command, line }));
    return words
      .filter(({ isPhrase }) => isPhrase)
      .map(({ text }) => ({ acts: once(() => actsOf(text)) }));
  }
}

function placed(
  { path }: ScriptFile,
  line: TextLine,
  deeds: readonly UpgradeDeed[],
): readonly TracedDeed[] {
  return deeds.map((deed) => ({ deed, place: placeOf(path, line) }));
}

function lineOf({ text }: ScriptFile, line: number): TextLine {
  return { text: text.split("\n", line)[line - 1] ?? "", line };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
