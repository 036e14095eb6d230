/** A line of a document: its words without the line break, and where they begin in the source. */
export interface SourceLine {
  readonly text: string;
  readonly offset: number;
}

/** Splits a source into lines, whatever ends them. A byte order mark belongs to none. */
export function sourceLines(source: string): readonly SourceLine[] {
  const lines: SourceLine[] = [];
  let offset = source.startsWith("\ufeff") ? 1 : 0;
  while (offset <= source.length) {
    const next = source.indexOf("\n", offset);
    const end = next === -1 ? source.length : next;
    const text = source.slice(offset, end);
    lines.push({ text: text.endsWith("\r") ? text.slice(0, -1) : text, offset });
    if (next === -1) break;
    offset = next + 1;
  }
  return lines;
}

/** The width of the white space that a line begins with; a tab reaches to the next eighth column. */
export function indentOf({ text }: SourceLine): number {
  let width = 0;
  for (const letter of text) {
    if (letter === " ") width += 1;
    else if (letter === "\t") width += 8 - (width % 8);
    else break;
  }
  return width;
}

/** Whether a line holds nothing but white space. */
export function isBlank({ text }: SourceLine): boolean {
  return text.trim() === "";
}

/** Takes up to a number of columns of white space from the beginning of a line. */
export function dedent(line: SourceLine, columns: number): SourceLine {
  const white = /^[ \t]*/.exec(line.text)?.[0] ?? "";
  const cut = Math.min(columns, white.length);
  return { text: line.text.slice(cut), offset: line.offset + cut };
}

/** Where a line ends in the source. */
export function endOf({ text, offset }: SourceLine): number {
  return offset + text.length;
}

/** The lines with as much white space taken away as all of them begin with. */
export function outdented(lines: readonly SourceLine[]): readonly SourceLine[] {
  const widths = lines.filter((line) => !isBlank(line)).map(indentOf);
  const columns = widths.reduce((least, width) => Math.min(least, width), 80);
  return lines.map((line) => dedent(line, columns));
}

/**
 * Where the run of lines ends that the one at `start` begins: before a blank one, or before the first
 * that stops it.
 */
export function endOfRun(
  lines: readonly SourceLine[],
  start: number,
  stops: (line: SourceLine, at: number) => boolean = () => false,
): number {
  let at = start + 1;
  for (let line = lines[at]; line && !isBlank(line); line = lines[(at += 1)]) {
    if (stops(line, at)) return at;
  }
  return at;
}
