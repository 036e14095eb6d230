import { expect, it } from "vitest";
import { codeSpan, escapeMarkdown } from "../../generators/_core/program/markdown.ts";
import { statementText } from "../../generators/_core/repository/documents/document.ts";
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
  expect(statementText(markdownDocument(`# ${escapeMarkdown(text)}`))).toBe(
    text.trim().replace(/\s+/g, " "),
  );
});

it.for(hostile)("puts %j into a code span that shows it letter by letter", (text) => {
  expect(statementText(markdownDocument(codeSpan(text)))).toBe(text.trim().replace(/\s+/g, " "));
});
