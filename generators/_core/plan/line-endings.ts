/** The text in LF and without a byte order mark: the form in which texts are compared. */
export function normalizeLines(text: string): string {
  return text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
}

/** Gives a text in LF the line endings and the byte order mark of another. */
export function likeLines(text: string, model: string): string {
  const mark = model.startsWith("\uFEFF") ? "\uFEFF" : "";
  const isCrlf = model.includes("\r\n") && !/[^\r]\n/.test(model);
  return mark + (isCrlf ? text.replaceAll("\n", "\r\n") : text);
}
