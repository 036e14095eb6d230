import { isBlank, type SourceLine } from "./source-lines.ts";

/** A cell of a table: its lines, cut to it. */
export type Cell = readonly SourceLine[];

/** The cells of a table that is drawn: `+---+` between its rows and `|` between its columns. */
export function gridTable(lines: readonly SourceLine[]): readonly Cell[] {
  const cells: Cell[] = [];
  let row: SourceLine[][] = [];
  for (const line of lines) {
    if (/^\+[-=+]+\+?\s*$/.test(line.text)) {
      cells.push(...row);
      row = [];
      continue;
    }
    let offset = line.offset + 1;
    const columns = line.text.replace(/^\||\|\s*$/g, "").split("|");
    for (const [column, text] of columns.entries()) {
      (row[column] ??= []).push({ text, offset });
      offset += text.length + 1;
    }
  }
  return cells;
}

/** The cells of a table whose columns stand beneath the `=` of its borders. */
export function simpleTable(lines: readonly SourceLine[]): readonly Cell[] {
  const border = lines[0]?.text ?? "";
  const columns = [...border.matchAll(/=+/g)].map(({ index }) => index);
  const rows = lines.filter(({ text }) => !/^[=\s-]+$/.test(text));
  return rows.flatMap(({ text, offset }) =>
    columns
      .map((from, index) => ({ text: text.slice(from, columns[index + 1]), offset: offset + from }))
      .filter((cell) => !isBlank(cell))
      .map((cell) => [cell]),
  );
}
