import { expect, it } from "vitest";
import { codeSpan, escapeMarkdown } from "../../generators/_core/program/markdown.ts";
import { markdownDocument } from "../../generators/_core/repository/documents/markdown-document.ts";

const hostile = [
  "Tom's `deployment`",
  "``",
  "a ` b `` c",
  " *bold* _and_ [link](https://example.org) <b>html</b>",
  "$(touch pwned) `touch pwned` ${HOME} \\",
  "a | b & c &amp; ~~gone~~ <!-- gone -->",
  "Ünïcödé 測試 🚀 עברית",
  "closing ##",
];

it.for(hostile)("escapes %j so that a reader sees it letter by letter", (text) => {
  expect(seen(`# ${escapeMarkdown(text)}`)).toBe(text.trim().replace(/\s+/g, " "));
});

it.for(hostile)("puts %j into a code span that shows it letter by letter", (text) => {
  expect(seen(codeSpan(text))).toBe(text.trim().replace(/\s+/g, " "));
});

/** What a reader of some Markdown sees. */
function seen(markdown: string): string {
  const { blocks } = markdownDocument(markdown);
  return blocks.map(({ text }) => text).join(" ");
}
