import type { SourceLine } from "./source-lines.ts";

/** Targets that references of a document lead to: named ones by their folded names. */
export interface RstTargets {
  readonly named: ReadonlyMap<string, string>;
  /** What substitutions stand for, by their names; the empty text for images. */
  readonly substitutions: ReadonlyMap<string, string>;
}

/** Finds the targets and substitutions that a document defines, wherever in it. */
export function rstTargets(lines: readonly SourceLine[]): RstTargets {
  const named = new Map<string, string>();
  const substitutions = new Map<string, string>();
  for (const [index, { text }] of lines.entries()) {
    const [, quoted, plain, url] =
      /^\s*\.\. _(?:`([^`]{1,200})`|([^:`]{1,200})):(?:\s+(\S.*))?$/.exec(text) ?? [];
    const name = quoted ?? plain;
    const [, further] = /^\s+(\S+)\s*$/.exec(lines[index + 1]?.text ?? "") ?? [];
    const target = url?.trim() ?? further;
    if (name !== undefined && target !== undefined) named.set(foldName(name), target);
    const [, alias, words] = /^\s*\.\. \|([^|]{1,80})\| replace::\s*(.*)$/.exec(text) ?? [];
    if (alias !== undefined) substitutions.set(alias, words ?? "");
  }
  return { named, substitutions };
}

/** Folds a reference name: case and white space do not count. */
export function foldName(name: string): string {
  return name.replace(/\s+/g, " ").trim().toLowerCase();
}
