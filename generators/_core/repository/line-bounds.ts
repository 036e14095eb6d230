/** The offset at which the line of an offset begins. */
export function lineStart(source: string, offset: number): number {
  return source.lastIndexOf("\n", offset - 1) + 1;
}

/** The offset behind the line break of an offset's line; the end of the source for the last one. */
export function lineEnd(source: string, offset: number): number {
  const end = source.indexOf("\n", offset);
  return end === -1 ? source.length : end + 1;
}

/** Moves an offset at the beginning of a line back over empty lines. */
export function beforeBlankLines(source: string, offset: number): number {
  let at = offset;
  while (at > 0) {
    const start = lineStart(source, at - 1);
    if (source.slice(start, at).trim() !== "") return at;
    at = start;
  }
  return at;
}
