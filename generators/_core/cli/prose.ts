import { paint, type Color, type Terminal } from "./terminal.ts";

/**
 * A sentence as it is printed: where a person looks, broken between its words, and what goes on in
 * the next line stands further in.
 *
 * @param margin What stands before its first line.
 */
export function prose({ columns = Infinity }: Terminal, text: string, margin = ""): string {
  const further = `${margin}  `;
  return wrapWords(text, Math.max(20, columns - further.length))
    .map((line, index) => (index === 0 ? margin : further) + line)
    .join("\n");
}

/** A sentence behind a coloured word that says what it is: `warning: …`. */
export function labelled(terminal: Terminal, color: Color, label: string, text: string): string {
  return paint(terminal, color, label) + prose(terminal, `${label}: ${text}`).slice(label.length);
}

/** Breaks a text between its words into lines; a word that is longer than a line is left whole. */
export function wrapWords(text: string, width: number): readonly string[] {
  return text.split(" ").reduce<readonly string[]>((lines, word) => {
    const last = lines.at(-1);
    return last !== undefined && `${last} ${word}`.length <= width
      ? [...lines.slice(0, -1), `${last} ${word}`]
      : [...lines, word];
  }, []);
}
