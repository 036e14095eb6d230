import type { Facts } from "../../program/facts.ts";
import type { Files } from "../../program/requirement.ts";
import type { ReadDocument } from "../find-documents.ts";
import { isStatement, lineAt } from "../documents/document.ts";
import { textLines, type TextLine } from "./text-lines.ts";

const names =
  /^(?:(?:docs?|documentation|debian|\.github|changelogs|packaging|rpm)\/)?(?:change-?log|changes|history|news|release[-_ ]?notes|releases)(?:\.(?:md|markdown|rst|txt|adoc|asciidoc|html?|ya?ml))?$/i;
/** The heading of an entry: a version, a date, or what is not released yet, in any of the usual marks. */
const entry =
  /^(?:[#=]{1,6}\s+|\*{1,2}|[-*+]\s+|<h\d[^>]*>|[\w.+-]+ \()?\s*\[?\(?(?:version |release (?:mattermost[ -](?:server[ -])?)?)?v?(\d+(?:\.\d+){1,3}[\w.~+-]*|\d{4}-(?:\d\d|[a-z]{3,9})-\d\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6} \d{1,2},? \d{4}|\d{1,2}[./ ]\w{1,9}[./ ]\d{4}|unreleased)\b/i;

/** Finds the changelog, in a file of its own or in a README, and its newest entry. */
export function changelogFacts(
  files: Files,
  documents: readonly ReadDocument[],
): Facts["changelog"] {
  const paths = [...files.keys()].filter((path) => names.test(path));
  const candidates = paths.map((path) => ({
    path,
    ...entriesOf(textLines(withoutComments(files.get(path) ?? ""))),
  }));
  const best = candidates.find(({ hasEntries }) => hasEntries) ?? candidates[0];
  if (best) {
    const { path, first, hasEntries, newest } = best;
    return {
      place: { path, line: first?.line ?? 1, text: first?.text.trim() ?? "" },
      isFile: true,
      hasEntries,
      newest,
    };
  }
  return readmeChangelog(documents);
}

/** What nobody sees is no entry; the lines stay where they are. */
function withoutComments(text: string): string {
  return text.replace(/<!--[\s\S]*?(?:-->|$)/g, (comment) => comment.replace(/[^\n]/g, " "));
}

function entriesOf(lines: readonly TextLine[]): {
  readonly first: TextLine | undefined;
  readonly hasEntries: boolean;
  readonly newest: string;
} {
  const heads = lines.filter(({ text }) => entry.test(text));
  const bodies = heads.map((head, index) => ({
    head,
    words: lines
      .filter(({ line }) => line > head.line && line < (heads[index + 1]?.line ?? Infinity))
      .filter(({ text }) => /\p{L}{2}/u.test(text) && !/^\s*(#|=+$|-+$|\.\.|<!--)/.test(text)),
  }));
  // What is listed in one line each, `- 1.2.0: new server`, has its words beside the version.
  const full = bodies.find(
    ({ head, words }) => words.length > 0 || /\d\b.{0,20}[:–-]\s+\S*\p{L}{2}/u.test(head.text),
  );
  const newest = full ? [full.head.text, ...full.words.map(({ text }) => text)].join("\n") : "";
  return { first: full?.head ?? heads[0], hasEntries: full !== undefined, newest };
}

function readmeChangelog(documents: readonly ReadDocument[]): Facts["changelog"] {
  for (const { path, document } of documents) {
    const { blocks, source } = document;
    const at = blocks.findIndex(
      ({ kind, text }) =>
        kind === "heading" &&
        /^(change ?log|changes|release (history|notes)|history|version history)$/i.test(text),
    );
    const heading = blocks[at];
    if (!heading) continue;
    const end = blocks.findIndex(
      ({ kind, depth }, index) => index > at && kind === "heading" && depth <= heading.depth,
    );
    const body = blocks.slice(at + 1, end === -1 ? undefined : end).filter(isStatement);
    const lines = body.map(({ text, start }) => ({ text, line: lineAt(source, start) }));
    if (!lines.some(({ text }) => entry.test(text))) continue;
    return {
      place: { path, line: lineAt(source, heading.start), text: heading.text },
      isFile: false,
      hasEntries: lines.length > 1,
      newest: lines
        .slice(0, 8)
        .map(({ text }) => text)
        .join("\n"),
    };
  }
  return undefined;
}
