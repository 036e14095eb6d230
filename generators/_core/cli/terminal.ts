/** Where a command prints, and whether a person sits there. */
export interface Terminal {
  /** What was asked for: results. */
  out(text: string): void;
  /** Everything else: errors, warnings. */
  error(text: string): void;
  readonly hasColor: boolean;
  /** How wide it is, in characters; `undefined` where nobody looks. */
  readonly columns?: number | undefined;
}

/** The name of a colour, or of a weight. */
export type Color = keyof typeof codes;

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 } as const;

/** Colours a text where the terminal shows colours. */
export function paint({ hasColor }: Terminal, color: Color, text: string): string {
  return hasColor ? `\u001B[${codes[color]}m${text}\u001B[0m` : text;
}
