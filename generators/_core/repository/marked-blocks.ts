import { findCodeFences } from "./code-fences.ts";

/** A named region of a document, between two comments of this package. */
export interface MarkedBlock {
  readonly id: string;
  /** The line of its first marker, from 0. */
  readonly begin: number;
  /** The line of its last marker, from 0. */
  readonly end: number;
}

/** The marked blocks of a document, or what is wrong with their markers. */
export interface MarkedBlocks {
  /** In their order. */
  readonly blocks: readonly MarkedBlock[];
  /** One line each, with the number of the line: `line 12: …`. */
  readonly problems: readonly string[];
}

/**
 * Finds the marked blocks of a document in any of the formats that this package writes: the comments
 * of Markdown and HTML, reStructuredText and AsciiDoc. Markers in fenced code are text.
 *
 * @param lines The document, line by line, without line endings.
 */
export function findMarkedBlocks(lines: readonly string[]): MarkedBlocks {
  const blocks: MarkedBlock[] = [];
  const problems: string[] = [];
  let open: { readonly id: string; readonly begin: number } | undefined;
  const code = findCodeFences(lines);
  for (const [index, line] of lines.entries()) {
    const [, edge, id = ""] = marker.exec(line) ?? [];
    if (edge === undefined || code.isCode[index] === true) continue;
    const where = `line ${index + 1}: block ${id}`;
    if (edge === "begin") {
      if (open) problems.push(`${where} begins inside block ${open.id}`);
      if (blocks.some((block) => block.id === id)) problems.push(`${where} stands there twice`);
      open = { id, begin: index };
    } else if (open?.id === id) {
      blocks.push({ ...open, end: index });
      open = undefined;
    } else {
      problems.push(`${where} ends and has not begun`);
    }
  }
  if (open) problems.push(`line ${open.begin + 1}: block ${open.id} begins and does not end`);
  const { open: fence } = code;
  if (fence !== undefined && lines.slice(fence).some((line) => marker.test(line)))
    problems.push(`line ${fence + 1}: code begins and does not end, with markers in it`);
  return { blocks, problems };
}

const marker =
  /^\s*(?:<!--|\.\.|\/\/)\s*mattermost-deployment:(begin|end)\s+([a-z0-9-]+)\s*(?:-->)?\s*$/;
