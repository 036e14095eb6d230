import { parseShell, type ShellCommand, type ShellScript } from "./shell/shell-script.ts";

/** A file by its path and text. */
export interface ScriptFile {
  readonly path: string;
  readonly text: string;
}

/** A function of a shell script, and the file that it stands in. */
export interface ShellFunction {
  readonly file: ScriptFile;
  readonly body: readonly ShellCommand[];
}

/** The scripts of a repository that may run each other. */
export interface ScriptLibrary {
  readonly files: readonly ScriptFile[];
  /** What was read as a shell script, by its path. */
  readonly scripts: ReadonlyMap<string, ShellScript>;
  /** The first function of each name. */
  readonly functions: ReadonlyMap<string, ShellFunction>;
  /** What the variables of a text are set to in any script, in their place where that is known. */
  readonly resolve: (text: string) => string;
}

const longestResolved = 1000;

/** Reads scripts, each once. */
export function readScripts(files: readonly ScriptFile[]): ScriptLibrary {
  const scripts = new Map<string, ShellScript>();
  const functions = new Map<string, ShellFunction>();
  const values = new Map<string, string>();
  for (const file of files.filter(isShell)) {
    const script = parseShell(shellText(file));
    scripts.set(file.path, script);
    for (const [name, body] of script.functions) {
      if (!functions.has(name)) functions.set(name, { file, body });
    }
    for (const [name, value] of script.values) {
      values.set(name, `${values.get(name) ?? ""} ${value}`.trim());
    }
  }
  return { files, scripts, functions, resolve: resolver(values) };
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

/** Values name variables themselves: three of them in each other are usual. */
function resolver(values: ReadonlyMap<string, string>): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    if (!text.includes("$")) return text.slice(0, longestResolved);
    const before = known.get(text);
    if (before !== undefined) return before;
    let resolved = text;
    for (let round = 0; round < 3 && resolved.length < longestResolved; round += 1) {
      resolved = resolved.replace(
        /\$(?:\{(\w+)[^}]*\}|(\w+))/g,
        (written, braced: string | undefined, bare: string | undefined) =>
          values.get(braced ?? bare ?? "") ?? written,
      );
    }
    const cut = resolved.slice(0, longestResolved);
    known.set(text, cut);
    return cut;
  };
}
