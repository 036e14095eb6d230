import type { BlockBuilder } from "./block-builder.ts";
import { foldName, type RstTargets } from "./rst-targets.ts";
import type { SourceLine } from "./source-lines.ts";

const piece = new RegExp(
  [
    "``(?<literal>.+?)``",
    "(?::(?<role>[\\w:+.-]{1,40}):)?`(?<phrase>[^`]{1,2000})`(?<mark>__?)?(?::[\\w-]{1,40}:)?",
    "\\|(?<substitution>[^|\\s][^|]{0,80})\\|(?<reference>__?)?",
    "(?<url>https?://[^\\s<>\"'`)\\]]{1,2000})",
    "(?<![\\w])(?<word>[A-Za-z0-9](?:[A-Za-z0-9]|[.+-](?=[A-Za-z0-9])){0,80})__?(?![\\w])",
    "\\\\(?<escaped>[\\s\\S])",
    "\\*{1,2}",
  ].join("|"),
  "g",
);

/**
 * Adds the words of some lines of reStructuredText to a block: literals, references, roles, and
 * escapes resolved. A piece of markup may run over several lines.
 */
export function rstInline(
  builder: BlockBuilder,
  lines: readonly SourceLine[],
  targets: RstTargets,
): void {
  const joined = lines.map(({ text }) => text).join("\n");
  const offsets = lines.flatMap(({ text, offset }) =>
    Array.from({ length: text.length + 1 }, (_, index) => offset + index),
  );
  const put = (from: number, to: number) => {
    for (let at = from; at < to; at += 1) builder.put(joined.charAt(at), offsets[at] ?? 0);
  };
  let at = 0;
  for (const match of joined.matchAll(piece)) {
    put(at, match.index);
    at = match.index + match[0].length;
    const groups = match.groups ?? {};
    const inner = match.index + match[0].indexOf(groups.literal ?? groups.phrase ?? "");
    if (groups.literal !== undefined) put(inner, inner + groups.literal.length);
    else if (groups.phrase !== undefined) phrase(builder, groups, inner, put, targets);
    else if (groups.substitution !== undefined) {
      builder.put(targets.substitutions.get(groups.substitution) ?? "", offsets[match.index] ?? 0);
    } else if (groups.url !== undefined) {
      const target = groups.url.replace(/[.,;:!?]+$/, "");
      builder.openLink(target);
      put(match.index, match.index + target.length);
      builder.closeLink();
      at = match.index + target.length;
    } else if (groups.word !== undefined) {
      const target = targets.named.get(foldName(groups.word));
      const end = match.index + groups.word.length;
      if (target !== undefined) builder.openLink(target);
      put(match.index, target === undefined ? at : end);
      if (target !== undefined) builder.closeLink();
    } else if (groups.escaped !== undefined && groups.escaped.trim() !== "") {
      put(at - 1, at);
    }
  }
  put(at, joined.length);
}

/** `` `words <target>`_ ``, `` `name`_ ``, or a role with its words. */
function phrase(
  builder: BlockBuilder,
  { phrase: written = "", role, mark }: Readonly<Record<string, string | undefined>>,
  from: number,
  put: (from: number, to: number) => void,
  { named }: RstTargets,
): void {
  const [, words = "", embedded] = /^([\s\S]*?)\s*<([^<>]+)>$/.exec(written) ?? [];
  const isReference = mark !== undefined || role === "doc" || role === "ref";
  if (embedded === undefined || !isReference) {
    const target = mark === undefined ? undefined : named.get(foldName(written));
    if (target !== undefined) builder.openLink(target);
    put(from, from + written.length);
    if (target !== undefined) builder.closeLink();
    return;
  }
  // `name <other_>`_ points at another name.
  const target = embedded.endsWith("_") ? named.get(foldName(embedded.slice(0, -1))) : embedded;
  const shown = words === "" ? written.indexOf(embedded) : 0;
  builder.openLink((target ?? embedded).replace(/\s+/g, ""));
  put(from + shown, from + shown + (words === "" ? embedded.length : words.length));
  builder.closeLink();
}
