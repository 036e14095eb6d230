/**
 * How many lines the heading of a section takes that begins at a line: none, one, or two where it is
 * underlined. Headings of the two highest levels of sections count, in any format.
 *
 * @param index From 0.
 */
export function headingHeight(lines: readonly string[], index: number): 0 | 1 | 2 {
  const line = lines[index] ?? "";
  if (/^( {0,3}#{1,2} |={2,3} |\s*<h[12]\b)/i.test(line)) return 1;
  const below = lines[index + 1] ?? "";
  const isUnderlined = /^([=~^"'*+#-])\1{2,}\s*$/.test(below) && /^\S/.test(line);
  const isFree = index === 0 || (lines[index - 1] ?? "").trim() === "";
  return isUnderlined && isFree ? 2 : 0;
}
