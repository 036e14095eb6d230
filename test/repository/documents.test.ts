import { describe, expect, it } from "vitest";
import {
  isStatement,
  type DocumentFormat,
} from "../../generators/_core/repository/documents/document.ts";
import { parseDocument } from "../../generators/_core/repository/parse-document.ts";

interface Case {
  readonly title: string;
  readonly format: DocumentFormat;
  readonly source: string;
  /** What readers are told, block by block. */
  readonly says: readonly string[];
}

const cases: readonly Case[] = [
  {
    title: "Markdown with emphasis, code, entities and wrapped lines",
    format: "markdown",
    source: "# *Title* ##\n\n**One**\n`two` &amp; \\*three\\*\n",
    says: ["Title", "One two & *three*"],
  },
  {
    title: "Markdown lists, tables and notes, without front matter",
    format: "markdown",
    source: "---\ntitle: x\n---\n- [x] a\n\n| b | c |\n| - | - |\n| d | e |\n\n> [!NOTE]\n> f\n",
    says: ["a", "b", "c", "d", "e", "f"],
  },
  {
    title: "Markdown without comments, code, quotations and struck out words",
    format: "markdown",
    source: "<!-- a -->\n\n```\nb\n```\n\n    c\n\n> d\n\ne ~~f~~ <del>g</del> ![h](i)\n",
    says: ["e"],
  },
  {
    title: "Markdown without a table of contents",
    format: "markdown",
    source: "1. [One](#one)\n2. [Two](#two)\n\n- [Elsewhere](two.md)\n",
    says: ["Elsewhere"],
  },
  {
    title: "HTML in Markdown",
    format: "markdown",
    source: "<details><summary>a</summary>\n\nb\n\n</details>\n\n<p hidden>c</p>\n",
    says: ["a", "b"],
  },
  {
    title: "brackets without a definition as they are",
    format: "markdown",
    source: "installs [and upgrades] it, see [here][1]\n\n[1]: https://example.org\n",
    says: ["installs [and upgrades] it, see here"],
  },
  {
    title: "reStructuredText with its marks resolved",
    format: "restructuredtext",
    source:
      "=====\nTitle\n=====\n\nSee `a <https://example.org>`__, ``b``, **c** and d_.\n\n.. _d: https://example.org/d\n\n* e\n  f\n",
    says: ["Title", "See a, b, c and d.", "e f"],
  },
  {
    title: "reStructuredText without comments, code and quotations",
    format: "restructuredtext",
    source:
      "a::\n\n   b\n\n.. c\n   d\n\n.. code-block:: sh\n\n   e\n\nf\n\n   g\n\n.. note::\n\n   h\n",
    says: ["a:", "f", "h"],
  },
  {
    title: "tables of reStructuredText",
    format: "restructuredtext",
    source:
      "+---+---+\n| a | b |\n+---+---+\n| c | d |\n+---+---+\n\n=== ===\ne   f\n=== ===\ng   h\n=== ===\n",
    says: ["a", "b", "c", "d", "e", "f", "g", "h"],
  },
  {
    title: "AsciiDoc with its marks resolved",
    format: "asciidoc",
    source:
      "= Title\n:docs: https://example.org\n\nSee {docs}, *a*, `b` and https://example.org/c[d].\n\n* e\n* f\n\nNOTE: g\n",
    says: ["Title", "See https://example.org, a, b and d.", "e", "f", "g"],
  },
  {
    title: "AsciiDoc without comments, listings and quotations",
    format: "asciidoc",
    source:
      "// a\n\n////\nb\n////\n\n[source,sh]\n----\nc\n----\n\n____\nd\n____\n\n|===\n|e |f\n|===\n",
    says: ["e", "f"],
  },
  {
    title: "HTML without comments, code, quotations and what is hidden",
    format: "html",
    source:
      "<h1>a</h1><p>b <b>c</b>\n&amp; d<br>e</p><!-- f --><pre>g</pre><blockquote>h</blockquote><script>i</script><p style='display: none'>j</p>",
    says: ["a", "b c & d e"],
  },
  {
    title: "plain text with headings, lists and indented code",
    format: "text",
    source: "Title\n=====\n\na\nb\n\n  - c\n  - d\n\n    e\n",
    says: ["Title", "a b", "c", "d"],
  },
];

it.for(cases)("reads $title", async ({ format, source, says }) => {
  const document = await parseDocument(source, format);
  const told = document?.blocks.filter(isStatement).map(({ text }) => text.trim());
  expect(told).toEqual(says);
});

it.for(cases)("knows where each letter of $title stands", async ({ format, source }) => {
  const document = await parseDocument(source, format);
  for (const { text, offsets } of document?.blocks ?? []) {
    expect(offsets).toHaveLength(text.length);
    for (const [index, letter] of text.split("").entries()) {
      const at = source[offsets[index] ?? -1];
      const isMarkup = letter === " " || at === "&" || at === "{" || text.includes("example.org");
      if (!isMarkup) expect(at).toBe(letter);
    }
  }
});

describe("links", () => {
  const linked: readonly (readonly [DocumentFormat, string])[] = [
    ["markdown", '[words](https://example.org/a?b=1&amp;c "title")'],
    ["markdown", "[words][a]\n\n[A]: <https://example.org/a?b=1&c>"],
    ["markdown", '<a class="x" href="https://example.org/a?b=1&amp;c">words</a>'],
    ["restructuredtext", "`words <https://example.org/a?b=1&c>`_"],
    ["restructuredtext", "words_\n\n.. _words: https://example.org/a?b=1&c"],
    ["asciidoc", "https://example.org/a?b=1&c[words]"],
    ["html", '<p><a href="https://example.org/a?b=1&amp;c">words</a></p>'],
  ];

  it.for(linked)("in %s are words and a target: %j", async ([format, source]) => {
    const document = await parseDocument(source, format);
    const links = document?.blocks.flatMap((block) => block.links);
    expect(links?.map(({ text, target }) => ({ text, target }))).toEqual([
      { text: "words", target: "https://example.org/a?b=1&c" },
    ]);
  });
});

describe("hostile documents", () => {
  const bombs: Readonly<Record<string, string>> = {
    "opening brackets": "[".repeat(100_000),
    "brackets in pairs": `${"[".repeat(20_000)}${"]".repeat(20_000)}`,
    "opening images": "![".repeat(50_000),
    asterisks: "*a ".repeat(60_000),
    underscores: "_a_".repeat(60_000),
    backticks: Array.from({ length: 500 }, (_, index) => "`".repeat(index)).join(" "),
    quotations: `${">".repeat(20_000)} a`,
    lists: Array.from({ length: 700 }, (_, index) => `${" ".repeat(index)}- a`).join("\n"),
    "open tags": "<a href=".repeat(20_000),
    "nested elements": "<div>".repeat(20_000),
    comments: "<!--".repeat(50_000),
    "table cells": "|".repeat(100_000),
    "roles of reStructuredText": ":a:`".repeat(50_000),
    "adornments and labels": ".. _a:\n".repeat(20_000),
    "indented lines": Array.from({ length: 700 }, (_, index) => `${" ".repeat(index)}a\n`).join(
      "\n",
    ),
    "AsciiDoc fences": "----\n....\n".repeat(20_000),
    "one long line": "mattermost ".repeat(25_000),
    "blank lines": "\n".repeat(250_000),
    "NUL and surrogates": "\u0000\ud800 a \udfff".repeat(1000),
  };
  const formats = ["markdown", "restructuredtext", "asciidoc", "html", "text"] as const;

  it.for(formats.flatMap((format) => Object.keys(bombs).map((name) => [format, name] as const)))(
    "in %s of %s are read to their end",
    async ([format, name]) => {
      const document = await parseDocument(bombs[name] ?? "", format);
      expect(document?.format).toBe(format);
    },
  );

  it("that are longer than any README for people are left alone", async () => {
    expect(await parseDocument("a ".repeat(1_000_000), "markdown")).toBeUndefined();
  });
});
