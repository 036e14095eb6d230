/** Which lines of a Markdown document are fenced code. */
export interface CodeFences {
  /** Line by line, the fences themselves included. */
  readonly isCode: readonly boolean[];
  /** The line, from 0, of a fence that is never closed. */
  readonly open: number | undefined;
}

/**
 * Finds the fenced code of a document.
 *
 * @param lines The document, line by line, without line endings.
 * @see https://spec.commonmark.org/0.31.2/#fenced-code-blocks
 */
export function findCodeFences(lines: readonly string[]): CodeFences {
  let open: { readonly mark: string; readonly line: number } | undefined;
  const isCode = lines.map((text, line) => {
    if (open) {
      if (closes(text, open.mark)) open = undefined;
      return true;
    }
    const [, ticks, tildes] = /^ {0,3}(?:(`{3,})[^`]*|(~{3,}).*)$/.exec(text) ?? [];
    const mark = ticks ?? tildes;
    if (mark !== undefined) open = { mark, line };
    return mark !== undefined;
  });
  return { isCode, open: open?.line };
}

function closes(text: string, mark: string): boolean {
  const [, closing = ""] = /^ {0,3}(`+|~+)\s*$/.exec(text) ?? [];
  return closing.startsWith(mark);
}
