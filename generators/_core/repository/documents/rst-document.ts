import type { Block, BlockKind, Document } from "./document.ts";
import { rawLines, wordsOf } from "./line-blocks.ts";
import { markContents } from "./mark-contents.ts";
import { rstInline } from "./rst-inline.ts";
import { rstPiece } from "./rst-pieces.ts";
import { gridTable, simpleTable } from "./rst-tables.ts";
import { rstTargets, type RstTargets } from "./rst-targets.ts";
import { isBlank, outdented, sourceLines, type SourceLine } from "./source-lines.ts";

/** Pieces within pieces that are opened. */
const deepest = 40;
const codeDirectives =
  /^(code|code-block|sourcecode|parsed-literal|console|prompt|highlight|literalinclude|command-output|doctest)$/;
/** Directives whose content readers see as text. */
const textDirectives =
  /^(note|warning|important|tip|hint|attention|caution|danger|error|seealso|admonition|topic|sidebar|container|tabs?|tab-item|tab-set|group-tab|list-table|table|rst-class|class|compound|only|versionadded|versionchanged|centered)$/;
const quoteDirectives = /^(epigraph|pull-quote|highlights)$/;

/** Reads reStructuredText: what READMEs use of it. */
export function rstDocument(source: string): Document {
  const lines = sourceLines(source);
  const reading: Reading = { source, targets: rstTargets(lines), levels: [] };
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
  /** What the paragraph before says of an indented piece: that it is code, or its definition. */
  let announced: "code" | "definition" | undefined;
  let at = 0;
  while (at < lines.length) {
    const piece = rstPiece(lines, at);
    const inner = lines.slice(at, piece.end);
    at = piece.end;
    const before = announced;
    announced = undefined;
    switch (piece.what) {
      case "blank":
        if (before === "code") announced = before;
        break;
      case "indented":
        if (before === "code") yield raw("code", reading, inner);
        else {
          const within = before === "definition" ? kind : "quote";
          yield* blocksOf(reading, outdented(inner), within, depth + 1);
        }
        break;
      case "heading":
        if (piece.title)
          yield* words(reading, [piece.title], "heading", level(reading, piece.style));
        break;
      case "markup":
        yield* explicitMarkup(reading, inner, kind, depth);
        break;
      case "anonymous target":
        break;
      case "grid table":
        for (const cell of gridTable(inner)) yield* words(reading, cell, "cell");
        break;
      case "simple table":
        for (const cell of simpleTable(inner)) yield* words(reading, cell, "cell");
        break;
      case "doctest":
        yield raw("code", reading, inner);
        break;
      case "item": {
        const within = kind === "quote" ? kind : "item";
        yield* blocksOf(reading, unmarked(inner, piece.mark), within, depth + 1);
        break;
      }
      case "paragraph":
        yield* words(reading, inner, kind);
        announced = inner.at(-1)?.text.trimEnd().endsWith("::") ? "code" : "definition";
        break;
      default:
        piece satisfies never;
    }
  }
}

/** An item without its mark. */
function unmarked([first, ...rest]: readonly SourceLine[], mark: number): readonly SourceLine[] {
  if (!first) return [];
  const own = { text: first.text.slice(mark), offset: first.offset + mark };
  return [own, ...outdented(rest)];
}

function* explicitMarkup(
  reading: Reading,
  lines: readonly SourceLine[],
  kind: BlockKind,
  depth: number,
): Generator<Block> {
  const [first, ...rest] = lines;
  if (!first) return;
  const [, name, argument = ""] = /^\.\. ([\w:-]+)::(?:\s+(.*))?$/.exec(first.text) ?? [];
  if (name === undefined) {
    const isDefinition = /^\.\. (_|\[|\|)/.test(first.text);
    if (!isDefinition) yield raw("comment", reading, lines);
    return;
  }
  const content = withoutFields(outdented(rest));
  if (codeDirectives.test(name)) {
    if (content.some((line) => !isBlank(line))) yield raw("code", reading, content);
  } else if (textDirectives.test(name) || quoteDirectives.test(name)) {
    const inner = quoteDirectives.test(name) ? "quote" : kind;
    const offset = first.offset + first.text.length - argument.length;
    // What stands behind the colons is the note itself; for a tab or a topic it is a title.
    const own = argument === "" ? [] : [{ text: argument, offset }];
    yield* blocksOf(reading, [...own, ...content], inner, depth + 1);
  }
}

/** The body of a directive without its options. */
function withoutFields(body: readonly SourceLine[]): readonly SourceLine[] {
  const start = body.findIndex(({ text }) => !/^:[\w-]+:/.test(text));
  return start === -1 ? [] : body.slice(start);
}

function words(
  { targets }: Reading,
  lines: readonly SourceLine[],
  kind: BlockKind,
  depth = 0,
): readonly Block[] {
  return wordsOf(lines, kind, depth, (builder) =>
    rstInline(builder, lines.map(withoutLiteralMark), targets),
  );
}

function withoutLiteralMark({ text, offset }: SourceLine): SourceLine {
  return { text: text.replace(/\s+::$|^::$/, "").replace(/::$/, ":"), offset };
}

function level({ levels }: Reading, style: string): number {
  if (!levels.includes(style)) levels.push(style);
  return Math.min(6, levels.indexOf(style) + 1);
}

/** Blank lines at either end are no part of it. */
function raw(kind: BlockKind, { source }: Reading, lines: readonly SourceLine[]): Block {
  const seen = lines.filter((line) => !isBlank(line));
  return rawLines(kind, source, seen.length > 0 ? seen : lines.slice(0, 1));
}
