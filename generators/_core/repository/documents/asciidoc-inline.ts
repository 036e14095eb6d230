import type { BlockBuilder } from "./block-builder.ts";
import { decodeEntity } from "./entities.ts";
import type { SourceLine } from "./source-lines.ts";

const piece = new RegExp(
  [
    "(?<target>(?:https?|ftp)://[^\\s\\[\\]<>\"'`]{1,2000})(?:\\[(?<words>[^\\]]{0,2000})\\])?",
    "(?:link|xref|mailto):(?<local>[^\\s\\[\\]]{1,2000})\\[(?<localWords>[^\\]]{0,2000})\\]",
    "image:{1,2}[^\\s\\[\\]]{1,2000}\\[[^\\]]{0,2000}\\]",
    "<<(?<anchor>[^,>]{1,200})(?:,(?<anchorWords>[^>]{1,500}))?>>",
    "\\{(?<attribute>[\\w-]{1,80})\\}",
    "\\[\\.?(?<role>line-through|\\.line-through)\\]#[^#]{1,500}#",
    "`\\+(?<literal>.+?)\\+`",
    "\\\\(?=[{<`*_#\\[])",
    "[*_`#+]{1,3}",
  ].join("|"),
  "g",
);

/** Adds the words of a line of AsciiDoc to a block: links, attributes, literals and marks resolved. */
export function asciidocInline(
  builder: BlockBuilder,
  line: SourceLine,
  attributes: ReadonlyMap<string, string>,
): void {
  const resolve = (text: string) =>
    text.replace(/\{([\w-]{1,80})\}/g, (all, name: string) => attributes.get(name) ?? all);
  const put = (from: number, to: number) => {
    let at = from;
    while (at < to) {
      const entity = line.text[at] === "&" ? decodeEntity(line.text.slice(at, at + 12)) : undefined;
      builder.put(entity?.text ?? line.text.charAt(at), line.offset + at);
      at += entity?.length ?? 1;
    }
  };
  let at = 0;
  for (const match of line.text.matchAll(piece)) {
    put(at, match.index);
    at = match.index + match[0].length;
    const groups = match.groups ?? {};
    const target = groups.target ?? groups.local ?? (groups.anchor && `#${groups.anchor}`);
    if (target !== undefined) {
      const isBare = groups.words === undefined && groups.target !== undefined;
      const clean = isBare ? target.replace(/[.,;:!?)]+$/, "") : target;
      if (isBare) at = match.index + clean.length;
      const shown = (groups.words ?? groups.localWords ?? groups.anchorWords ?? "").replace(
        /\^$/,
        "",
      );
      builder.openLink(resolve(clean));
      const start =
        match.index + (shown === "" ? match[0].indexOf(clean) : match[0].lastIndexOf(shown));
      put(start, start + (shown === "" ? clean.length : shown.length));
      builder.closeLink();
    } else if (groups.literal !== undefined) {
      put(match.index + 2, at - 2);
    } else if (groups.attribute !== undefined) {
      builder.put(attributes.get(groups.attribute) ?? match[0], line.offset + match.index);
    } else if (/^[*_`#+]/.test(match[0]) && isInsideWord(line.text, match.index, match[0].length)) {
      put(match.index, at);
    }
  }
  put(at, line.text.length);
}

/** A single mark between two letters is a letter: `snake_case`. */
function isInsideWord(text: string, at: number, length: number): boolean {
  return length === 1 && /\w/.test(text[at - 1] ?? "") && /\w/.test(text[at + 1] ?? "");
}
