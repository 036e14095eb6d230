import { BlockBuilder, rawBlock } from "./block-builder.ts";
import type { Block, BlockKind, Document } from "./document.ts";
import { markContents } from "./mark-contents.ts";
import { foldName, rstInline, type RstTargets } from "./rst-inline.ts";
import { dedent, endOf, indentOf, isBlank, sourceLines, type SourceLine } from "./source-lines.ts";

const deepest = 40;
const bullet = /^(?:[-*+•‣]|(?:\d{1,3}|#|[a-zA-Z])[.)]|\((?:\d{1,3}|#|[a-zA-Z])\))(?:\s+|$)/;
const adornment = /^([!-/:-@[-`{-~])\1{2,}\s*$/;
const codeDirectives =
  /^(code|code-block|sourcecode|parsed-literal|console|prompt|highlight|literalinclude|command-output|doctest)$/;
/** Directives whose content readers see as text. */
const textDirectives =
  /^(note|warning|important|tip|hint|attention|caution|danger|error|seealso|admonition|topic|sidebar|container|tabs?|tab-item|tab-set|group-tab|list-table|table|rst-class|class|compound|only|versionadded|versionchanged|centered)$/;
const quoteDirectives = /^(epigraph|pull-quote|highlights)$/;

/** Reads reStructuredText: what READMEs use of it. */
export function rstDocument(source: string): Document {
  const lines = sourceLines(source);
  const reading: Reading = { source, targets: targetsOf(lines), levels: [] };
  const blocks = [...blocksOf(reading, lines, "paragraph", 0)];
  return { format: "restructuredtext", source, blocks: markContents(blocks) };
}

interface Reading {
  readonly source: string;
  readonly targets: RstTargets;
  /** Adornments of section titles in the order in which they first occur. */
  readonly levels: string[];
}

function* blocksOf(
  reading: Reading,
  lines: readonly SourceLine[],
  kind: BlockKind,
  depth: number,
): Generator<Block> {
  if (depth > deepest) return;
  let at = 0;
  let isLiteral = false;
  while (at < lines.length) {
    const line = lines[at];
    if (!line) return;
    if (isBlank(line)) {
      at += 1;
      continue;
    }
    if (indentOf(line) > 0) {
      const end = endOfIndented(lines, at, 1);
      const inner = lines.slice(at, end);
      if (isLiteral) yield raw("code", reading, inner);
      else yield* blocksOf(reading, outdented(inner), "quote", depth + 1);
      isLiteral = false;
      at = end;
      continue;
    }
    isLiteral = false;
    const heading = headingAt(lines, at);
    if (heading) {
      yield* heading.title
        ? words(reading, [heading.title], "heading", level(reading, heading.style))
        : [];
      at = heading.end;
    } else if (line.text.startsWith(".. ") || line.text.trim() === "..") {
      const end = endOfIndented(lines, at + 1, 1);
      yield* explicitMarkup(reading, lines.slice(at, end), kind, depth);
      at = end;
    } else if (line.text.startsWith("__ ")) {
      at += 1;
    } else if (/^\+[-=+]{3,}\+?\s*$/.test(line.text)) {
      const end = endOfRun(lines, at);
      yield* gridTable(reading, lines.slice(at, end));
      at = end;
    } else if (/^={2,}(\s+={2,})+\s*$/.test(line.text)) {
      const end = endOfSimpleTable(lines, at);
      yield* simpleTable(reading, lines.slice(at, end));
      at = end;
    } else if (line.text.startsWith(">>> ")) {
      const end = endOfRun(lines, at);
      yield raw("code", reading, lines.slice(at, end));
      at = end;
    } else {
      const mark = bullet.exec(line.text)?.[0] ?? /^:[\w -]{1,40}:\s+/.exec(line.text)?.[0];
      if (mark !== undefined && mark.trim() !== line.text.trim()) {
        const end = endOfIndented(lines, at + 1, 1);
        const first = { text: line.text.slice(mark.length), offset: line.offset + mark.length };
        const rest = outdented(lines.slice(at + 1, end));
        yield* blocksOf(reading, [first, ...rest], kind === "quote" ? kind : "item", depth + 1);
        at = end;
      } else {
        const end = endOfParagraph(lines, at);
        const run = lines.slice(at, end);
        yield* words(reading, run, kind);
        isLiteral = run.at(-1)?.text.trimEnd().endsWith("::") ?? false;
        at = end;
        // A term and its definition, which is no quotation.
        const next = lines[at];
        if (!isLiteral && next && !isBlank(next) && indentOf(next) > 0) {
          const definition = endOfIndented(lines, at, 1);
          yield* blocksOf(reading, outdented(lines.slice(at, definition)), kind, depth + 1);
          at = definition;
        }
      }
    }
  }
}

function* explicitMarkup(
  reading: Reading,
  lines: readonly SourceLine[],
  kind: BlockKind,
  depth: number,
): Generator<Block> {
  const [first, ...rest] = lines;
  if (!first) return;
  const [whole, name, argument = ""] = /^\.\. ([\w:-]+)::(?:\s+(.*))?$/.exec(first.text) ?? [];
  const isOther = /^\.\. (_|\[|\|)/.test(first.text);
  if (whole === undefined || name === undefined) {
    if (!isOther) yield raw("comment", reading, lines);
    return;
  }
  const body = outdented(rest);
  const content = body.slice(body.findIndex((line) => !/^:[\w-]+:/.test(line.text)));
  const isOpen = content.length > 0 && body.some((line) => !/^:[\w-]+:/.test(line.text));
  if (codeDirectives.test(name)) {
    if (isOpen && content.some((line) => !isBlank(line))) yield raw("code", reading, content);
  } else if (textDirectives.test(name) || quoteDirectives.test(name)) {
    const inner = quoteDirectives.test(name) ? "quote" : kind;
    const offset = first.offset + first.text.length - argument.length;
    // What stands behind the colons is the note itself; for a tab or a topic it is a title.
    const own = argument === "" ? [] : [{ text: argument, offset }];
    yield* blocksOf(reading, [...own, ...(isOpen ? content : [])], inner, depth + 1);
  }
}

function* words(
  reading: Reading,
  lines: readonly SourceLine[],
  kind: BlockKind,
  depth = 0,
): Generator<Block> {
  const [first, last] = [lines[0], lines.at(-1)];
  if (!first || !last) return;
  const builder = new BlockBuilder();
  rstInline(builder, lines.map(withoutLiteralMark), reading.targets);
  const block = builder.build(kind, first.offset, endOf(last), depth);
  if (block) yield block;
}

function withoutLiteralMark({ text, offset }: SourceLine): SourceLine {
  return { text: text.replace(/\s+::$|^::$/, "").replace(/::$/, ":"), offset };
}

function headingAt(
  lines: readonly SourceLine[],
  at: number,
): { readonly title?: SourceLine; readonly style: string; readonly end: number } | undefined {
  const [first, second, third] = [lines[at], lines[at + 1], lines[at + 2]];
  if (!first) return undefined;
  const over = adornment.exec(first.text)?.[1];
  if (over !== undefined) {
    if (
      second &&
      third &&
      !isBlank(second) &&
      third.text.startsWith(over.repeat(3)) &&
      adornment.test(third.text)
    ) {
      const title = dedent(second, 80);
      return { title, style: over + over, end: at + 3 };
    }
    return isBlank(second ?? { text: "", offset: 0 }) ? { style: over, end: at + 1 } : undefined;
  }
  const under = second && adornment.exec(second.text)?.[1];
  if (
    under === undefined ||
    !second ||
    second.text.trimEnd().length + 2 < first.text.trimEnd().length
  )
    return undefined;
  return { title: first, style: under, end: at + 2 };
}

function level({ levels }: Reading, style: string): number {
  if (!levels.includes(style)) levels.push(style);
  return Math.min(6, levels.indexOf(style) + 1);
}

function* gridTable(reading: Reading, lines: readonly SourceLine[]): Generator<Block> {
  let row: SourceLine[][] = [];
  for (const line of lines) {
    if (/^\+[-=+]+\+?\s*$/.test(line.text)) {
      for (const cell of row) yield* words(reading, cell, "cell");
      row = [];
      continue;
    }
    let offset = line.offset + 1;
    for (const [column, text] of line.text
      .replace(/^\||\|\s*$/g, "")
      .split("|")
      .entries()) {
      (row[column] ??= []).push({ text, offset });
      offset += text.length + 1;
    }
  }
}

function* simpleTable(reading: Reading, lines: readonly SourceLine[]): Generator<Block> {
  const border = lines[0]?.text ?? "";
  const columns = [...border.matchAll(/=+/g)].map(({ index }) => index);
  for (const line of lines) {
    if (/^[=\s-]+$/.test(line.text)) continue;
    for (const [index, from] of columns.entries()) {
      const to = columns[index + 1];
      const cell = { text: line.text.slice(from, to), offset: line.offset + from };
      if (!isBlank(cell)) yield* words(reading, [cell], "cell");
    }
  }
}

function raw(kind: BlockKind, { source }: Reading, lines: readonly SourceLine[]): Block {
  const seen = lines.filter((line) => !isBlank(line));
  const [first, last] = [seen[0] ?? lines[0], seen.at(-1) ?? lines[0]];
  const start = first?.offset ?? 0;
  return rawBlock(kind, source, start, Math.max(start, last ? endOf(last) : start));
}

/** The lines with as much white space taken away as all of them begin with. */
function outdented(lines: readonly SourceLine[]): readonly SourceLine[] {
  const widths = lines.filter((line) => !isBlank(line)).map(indentOf);
  const columns = widths.reduce((least, width) => Math.min(least, width), 80);
  return lines.map((line) => dedent(line, columns));
}

function endOfIndented(lines: readonly SourceLine[], start: number, least: number): number {
  let at = start;
  let end = start;
  for (let line = lines[at]; line; line = lines[(at += 1)]) {
    if (isBlank(line)) continue;
    if (indentOf(line) < least) break;
    end = at + 1;
  }
  return end;
}

function endOfRun(lines: readonly SourceLine[], start: number): number {
  let at = start;
  for (let line = lines[at]; line && !isBlank(line); line = lines[(at += 1)]);
  return at;
}

function endOfParagraph(lines: readonly SourceLine[], start: number): number {
  let at = start + 1;
  for (let line = lines[at]; line && !isBlank(line); line = lines[(at += 1)]) {
    if (indentOf(line) > 0 && at === start + 1) return at;
  }
  return at;
}

function endOfSimpleTable(lines: readonly SourceLine[], start: number): number {
  let borders = 0;
  for (let at = start; at < lines.length; at += 1) {
    const text = lines[at]?.text ?? "";
    if (/^=[=\s]*$/.test(text)) borders += 1;
    const isLast = /^\s*$/.test(lines[at + 1]?.text ?? "");
    if (borders >= 2 && /^=[=\s]*$/.test(text) && isLast) return at + 1;
  }
  return endOfRun(lines, start);
}

function targetsOf(lines: readonly SourceLine[]): RstTargets {
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
