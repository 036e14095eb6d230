/**
 * Escapes one line of plain text so that CommonMark shows it letter by letter. What a site adds to
 * that (links of bare addresses, mentions, emoji) is left to it.
 *
 * Backslashes go before every ASCII punctuation that could open something: emphasis, a link, HTML,
 * an entity, a table cell, code, strikethrough, a closing heading mark. A leading mark that opens a list or a heading cannot
 * occur, since the callers put words before it.
 */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>&|~$#]/g, "\\$&");
}

/** Puts plain text into a code span, with as many backticks around it as it takes. */
export function codeSpan(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const padding = /^`|`$/.test(text) ? " " : "";
  return `${fence}${padding}${text}${padding}${fence}`;
}
