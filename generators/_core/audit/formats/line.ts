/** A stretch of text in one tone. */
export interface Span {
  readonly tone: "plain" | "strong" | "dim" | "good" | "bad" | "warning";
  readonly text: string;
}

/** A line for a person. */
export type Line = readonly Span[];

/**
 * Breaks a line between words.
 *
 * @param width In characters, the indents included.
 * @param indents What stands before the first line and before the others: white space, or a label on
 * the first.
 */
export function wrapLine(
  line: Line,
  width: number,
  { first, others }: { readonly first: Line; readonly others: string },
): readonly Line[] {
  const words = line.flatMap(({ tone, text }) =>
    text.split(" ").flatMap((word) => (word === "" ? [] : [{ tone, text: word }])),
  );
  const lines: Span[][] = [[...first]];
  let used = lengthOf(first);
  let isStart = true;
  for (const word of words) {
    if (!isStart && used + 1 + word.text.length > width) {
      lines.push([{ tone: "plain", text: others }]);
      used = others.length;
      isStart = true;
    }
    const line = lines.at(-1) ?? [];
    const { tone, text } = isStart ? word : { tone: word.tone, text: ` ${word.text}` };
    const last = line.at(-1);
    if (last?.tone === tone) line[line.length - 1] = { tone, text: last.text + text };
    else line.push({ tone, text });
    used += word.text.length + (isStart ? 0 : 1);
    isStart = false;
  }
  return lines;
}

/** How many characters a line has. */
export function lengthOf(line: Line): number {
  return line.reduce((sum, { text }) => sum + text.length, 0);
}
