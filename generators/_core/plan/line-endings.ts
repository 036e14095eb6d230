/** The text in LF and without a byte order mark: the form in which texts are compared. */
export function normalizeLines(text: string): string {
  return text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
}

/** Gives a text in LF the line endings and the byte order mark of another. */
export function likeLines(text: string, model: string): string {
  const mark = model.startsWith("\uFEFF") ? "\uFEFF" : "";
  const ending = lineEnding(model);
  return mark + (ending === "\n" ? text : text.replaceAll("\n", ending));
}

/** How most lines of a text end. */
export function lineEnding(text: string): "\n" | "\r\n" {
  const crlf = text.split("\r\n").length - 1;
  const all = text.split("\n").length - 1;
  return crlf * 2 > all ? "\r\n" : "\n";
}
