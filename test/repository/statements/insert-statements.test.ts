import { describe, expect, it } from "vitest";
import { requirements } from "../../../generators/_core/program/requirements.gen.ts";
import type { DocumentFormat } from "../../../generators/_core/repository/documents/document.ts";
import { insertStatements } from "../../../generators/_core/repository/statements/insert-statements.ts";
import { findBlocks } from "../../../generators/_core/repository/marked-blocks.ts";
import { matchSentence } from "../../../generators/_core/repository/statements/match-sentence.ts";
import { parseDocument } from "../../../generators/_core/repository/parse-document.ts";
import { tokenDocument } from "../../../generators/_core/repository/statements/text-tokens.ts";
import { certifiedSolution, systemsOf } from "../../solutions.ts";

const solution = {
  ...certifiedSolution,
  name: "Chat `in` a_box",
  creator: "Example & Org_",
  systems: systemsOf("oracle-linux-9", "fedora"),
  unofficialOptions: ["arm64 machines"],
};
const due = requirements.flatMap(({ id, readme, evidence, appliesTo }) =>
  readme && appliesTo(solution)
    ? [{ id, evidence, section: readme.section, markdown: readme.markdown(solution) }]
    : [],
);

const sources: Readonly<Record<DocumentFormat, readonly string[]>> = {
  markdown: [
    "",
    "# Chat",
    "No heading at all",
    "# Chat\n\nIt chats.\n\n## Install\n\n* run `x`\n* go\n\n```sh\n# no heading\n```\n\n## Security\n\nMail us.\n\n### Keys\n\nNone.\n\n## License\n\nMIT",
    "\ufeffChat\r\n====\r\n\r\nIt chats.\r\n\r\nUse\r\n---\r\n\r\nyes\r\n",
    "<h1 align=center>Chat</h1>\n\n[![badge](a.svg)](b)\n\n## Usage\n\ngo\n\n## Contributing\n\nDo.\n",
    "# Chat\n\n- an\n- item\n\n> quoted\n\n| a |\n| - |\n| b |\n",
  ],
  restructuredtext: [
    "",
    "====\nChat\n====\n\nIt chats.\n\nInstall\n=======\n\n.. code:: sh\n\n   make\n\n.. _license:\n\nLicense\n=======\n\nMIT\n",
    "Chat\n####\n\nIt chats.\n\nUse\n***\n\nyes::\n\n   go\n",
  ],
  asciidoc: [
    "",
    "= Chat\n\nIt chats.\n\n== Install\n\n----\nmake\n----\n\n[[license]]\n== License\n\nMIT\n",
  ],
  html: [
    "<html><body>\n<h1>Chat</h1>\n<p>It chats.</p>\n<h2>Install</h2>\n<pre>x</pre>\n<h2>License</h2>\n<p>MIT</p>\n</body></html>\n",
  ],
  text: ["", "CHAT\n====\n\nIt chats.\n\nInstall\n-------\n\n    make\n"],
};
const formats = ["markdown", "restructuredtext", "asciidoc", "html", "text"] as const;
const cases = formats.flatMap((format) => sources[format].map((source) => ({ format, source })));

describe.for(cases)("into $format: $source", ({ format, source }) => {
  it("puts every statement so that it is met", async () => {
    const { source: after, inserted } = await insertStatements(source, format, due);
    expect(inserted.toSorted()).toEqual(due.map(({ id }) => id).toSorted());
    const document = await parseDocument(after, format);
    if (!document) throw new Error("too long");
    for (const { id, evidence } of due) {
      if (evidence.kind !== "text") continue;
      for (const statement of evidence.statements(solution)) {
        const match = matchSentence(statement, tokenDocument(document));
        expect(match.outcome, `${id}: ${match.reason ?? ""}\n${after}`).toBe("met");
      }
    }
  });

  it("keeps every byte in its order, the newline and the end", async () => {
    const { source: after } = await insertStatements(source, format, due);
    expect(isSubsequence(source.split(/(?<=\n)/), after)).toBe(true);
    expect(after.includes("\r\n")).toBe(source.includes("\r\n"));
    if (source.includes("\r\n")) expect(after.replaceAll("\r\n", "")).not.toContain("\n");
    if (source !== "" && source.endsWith("\n")) expect(after.endsWith("\n")).toBe(true);
    expect(after).not.toMatch(/(\r?\n){4}/);
  });

  it("marks what it put, so that a later run finds it", async () => {
    const { source: after } = await insertStatements(source, format, due);
    const found = findBlocks(after, format);
    const ids = found.kind === "blocks" ? found.blocks.map(({ id }) => id).toSorted() : found;
    expect(ids).toEqual(format === "text" ? [] : due.map(({ id }) => id).toSorted());
  });
});

it("writes sections, bullets and lines in the manner of the document", async () => {
  const source =
    "# Chat\n\nA paragraph whose lines are wrapped after about\nsixty letters, as people do by hand.\n\n## Use\n\n* go\n";
  const { source: after } = await insertStatements(source, "markdown", due);
  expect(after).toContain("\n## Security updates\n");
  expect(after).toContain("\n* [Configure SSL for Mattermost](");
  const words = after.split("\n").filter((line) => !/[[<]|https:/.test(line));
  expect(Math.max(...words.map((line) => line.length))).toBeLessThanOrEqual(80);
});

it("puts statements into the block that already bears the section's name", async () => {
  const source =
    "# Chat\n\n<!-- mattermost-deployment:begin security -->\nMail us.\n<!-- mattermost-deployment:end security -->\n";
  const commitment = due.filter(({ id }) => id === "security-commitment");
  const { source: after } = await insertStatements(source, "markdown", commitment);
  const found = findBlocks(after, "markdown");
  expect(found.kind === "blocks" && found.blocks.map(({ id }) => id)).toEqual(["security"]);
  expect(after).toContain("Mail us.\n\nWe highly recommend");
});

describe("marks", () => {
  it("name blocks and what stands in them", () => {
    const source = `a\n${begin("one")}b\n${end("one")}`;
    const found = findBlocks(source, "markdown");
    const [block] = found.kind === "blocks" ? found.blocks : [];
    expect(block).toMatchObject({ id: "one", beginLine: 2, endLine: 4 });
    expect(source.slice(block?.start, block?.end)).toBe("b\n");
  });

  it.for([
    ["begun and not ended", `${begin("one")}a\n`, 1],
    ["ended and not begun", `a\n${end("one")}`, 2],
    ["there twice", `${begin("one")}${end("one")}${begin("one")}${end("one")}`, 3],
    ["nested", `${begin("one")}${begin("two")}${end("two")}${end("one")}`, 2],
    ["crossed", `${begin("one")}a\n${end("two")}`, 3],
  ] as const)("that are %s are an error with their line", ([, source, line]) => {
    expect(findBlocks(source, "markdown")).toMatchObject({ kind: "broken", line });
  });

  const asciidoc = "// mattermost-deployment:begin one\n";
  it.for<[DocumentFormat, string]>([
    ["markdown", `\`\`\`\n${begin("one")}\`\`\`\n`],
    ["markdown", `~~~ md\n${begin("one")}\`\`\`\n~~~\n`],
    ["asciidoc", `----\n${asciidoc}----\n`],
    ["asciidoc", `----\n-----\n${asciidoc}----\n`],
    ["asciidoc", `\`\`\`sh\n${asciidoc}\`\`\`\n`],
  ])("in fenced code are examples: %s, %j", ([format, source]) => {
    expect(findBlocks(source, format)).toEqual({ kind: "blocks", blocks: [] });
  });

  it("that are broken keep a document as it is", async () => {
    const source = `# Chat\n\n${begin("one")}`;
    expect(await insertStatements(source, "markdown", due)).toEqual({ source, inserted: [] });
  });
});

function isSubsequence(pieces: readonly string[], text: string): boolean {
  let at = 0;
  return pieces.every((piece) => {
    const found = text.indexOf(piece, at);
    at = found + piece.length;
    return found !== -1;
  });
}

function begin(id: string): string {
  return `<!-- mattermost-deployment:begin ${id} -->\n`;
}

function end(id: string): string {
  return `<!-- mattermost-deployment:end ${id} -->\n`;
}
