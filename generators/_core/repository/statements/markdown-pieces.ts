/** A piece of a line of Markdown as this package writes it. */
export type Piece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly target: string }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "address"; readonly target: string };

/** A block of a statement. */
export type StatementBlock =
  | { readonly kind: "paragraph"; readonly pieces: readonly Piece[] }
  | { readonly kind: "heading"; readonly pieces: readonly Piece[] }
  | { readonly kind: "list"; readonly items: readonly (readonly Piece[])[] };

/**
 * Takes the Markdown of a requirement's statement apart: paragraphs, one list level, one heading
 * level, links, code spans, bare addresses. It is written by the catalogue, never by a user; what it
 * holds of a user's (a name, a system) is escaped.
 */
export function statementBlocks(markdown: string): readonly StatementBlock[] {
  return markdown.split(/\n{2,}/).map((part) => {
    const lines = part.split("\n");
    if (lines.every((line) => line.startsWith("- "))) {
      return { kind: "list", items: lines.map((line) => piecesOf(line.slice(2))) };
    }
    const [, title] = /^#+ (.*)$/.exec(part) ?? [];
    if (title !== undefined) return { kind: "heading", pieces: piecesOf(title) };
    return { kind: "paragraph", pieces: piecesOf(lines.join(" ")) };
  });
}

const piece =
  /\[(?<words>[^\]]+)\]\((?<target>[^)\s]+)\)|(?<ticks>`+)(?<code>.+?)(?<!`)\k<ticks>(?!`)|<(?<auto>https?:[^>\s]+)>|(?<bare>https?:\/\/[^\s<>]*[^\s<>.,;:])|\\(?<escaped>[!-/:-@[-`{-~])/g;

function piecesOf(line: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let text = "";
  let at = 0;
  const flush = () => {
    if (text !== "") pieces.push({ kind: "text", text });
    text = "";
  };
  for (const match of line.matchAll(piece)) {
    text += line.slice(at, match.index);
    at = match.index + match[0].length;
    const { words, target, code, auto, bare, escaped } = match.groups ?? {};
    if (escaped !== undefined) {
      text += escaped;
      continue;
    }
    flush();
    const address = auto ?? bare;
    if (words !== undefined && target !== undefined)
      pieces.push({ kind: "link", text: words, target });
    else if (code !== undefined) pieces.push({ kind: "code", text: unpadded(code) });
    else if (address !== undefined) pieces.push({ kind: "address", target: address });
  }
  text += line.slice(at);
  flush();
  return pieces;
}

function unpadded(code: string): string {
  return /^ .+ $/.test(code) && code.trim() !== "" ? code.slice(1, -1) : code;
}
