/** Where the parenthesis that opens at a place is closed; the end of the text where it is not. */
export function closingParenthesis(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === "\\") at += 1;
    else if (letter === "'") at = Math.max(at, text.indexOf("'", at + 1));
    else if (letter === '"') at = closingQuote(text, at);
    else if (letter === "(") depth += 1;
    else if (letter === ")") {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return text.length;
}

/** Where the brace that opens behind a dollar sign is closed; the end of the text where it is not. */
export function closingBrace(text: string, dollar: number): number {
  let depth = 0;
  for (let at = dollar; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === "\\") at += 1;
    else if (letter === "{") depth += 1;
    else if (letter === "}") {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return text.length;
}

/** Where a mark stands next; the end of the text where it does not. */
export function placeOfNext(mark: string, text: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at === -1 ? text.length : at;
}

/** Commands within double quotes have quotes of their own. */
function closingQuote(text: string, open: number): number {
  let depth = 0;
  for (let at = open + 1; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === "\\") at += 1;
    else if (letter === "(" && text[at - 1] === "$") depth += 1;
    else if (letter === ")" && depth > 0) depth -= 1;
    else if (letter === '"' && depth === 0) return at;
  }
  return text.length;
}
