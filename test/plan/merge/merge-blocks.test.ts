import { describe, expect, it } from "vitest";
import { mergeBlocks } from "../../../generators/_core/plan/merge/merge-blocks.ts";
import type { Decision } from "../../../generators/_core/plan/merge/settle-pieces.ts";

const intro = section("Intro", "intro", "What this is.");
const install = section("Install", "install", "Run the installer, and wait until it has ended.");
const upgrade = section("Upgrade", "upgrade", "Run the upgrade, and wait until it has ended.");
const licence = section("Licence", "licence", "MIT.");

describe("a new block", () => {
  it.for([
    ["after the one before it", doc(intro, licence), doc(intro, upgrade, licence)],
    [
      "after what the user added to the section before it",
      doc(intro, "Mine.\n", "### Also mine\n", licence),
      doc(intro, "Mine.\n", "### Also mine\n", upgrade, licence),
    ],
    [
      "before the section of the next one, where none stands before it",
      doc("# Mine\n", licence),
      doc("# Mine\n", upgrade, licence),
    ],
    [
      "and not in the code above the next one",
      doc("# Mine\n", "## Legal\n\n```sh\n# run this\n```\n", block("licence", "MIT.")),
      doc("# Mine\n", upgrade, "## Legal\n\n```sh\n# run this\n```\n", block("licence", "MIT.")),
    ],
    ["at the end, where nothing is known", "Mine.\n", doc("Mine.\n", upgrade)],
    ["at the end of a text that is not ended", "Mine.", doc("Mine.\n", upgrade)],
    ["alone in an empty text", "", upgrade],
  ] as const)("stands %s", ([, ours, merged]) => {
    // What a user took away stays away: only the new block comes.
    const base = doc(intro, licence);
    expect(merge(ours, base, doc(intro, upgrade, licence)).text).toBe(merged);
  });

  it("and a second one stand in their order", () => {
    const { text } = merge(
      doc(intro, licence),
      doc(intro, licence),
      doc(intro, install, upgrade, licence),
    );
    expect(text).toBe(doc(intro, install, upgrade, licence));
  });

  it("comes with the words before its markers, and with no others", () => {
    const fresh = doc(
      intro,
      "## Not marked\n\nOnly at the start.\n",
      "## Upgrade\n\nFirst back up.\n",
      block("upgrade", "Run it."),
      licence,
    );
    const { text } = merge(doc(intro, licence), doc(intro, licence), fresh);
    expect(text).toBe(
      doc(intro, "## Upgrade\n\nFirst back up.\n", block("upgrade", "Run it."), licence),
    );
  });
});

describe("a block that is no longer part of the new version", () => {
  it.for([
    ["goes with its heading", doc(intro, upgrade, licence), doc(intro, licence), []],
    [
      "goes, and its heading stays over the user's words",
      doc(intro, upgrade, "Mine.\n", licence),
      doc(intro, "## Upgrade\n", "Mine.\n", licence),
      [],
    ],
    [
      "goes, and a heading of the user's stays",
      doc(intro, upgrade.replace("## Upgrade", "## Updates"), licence),
      doc(intro, "## Updates\n", licence),
      [],
    ],
    [
      "goes though it was rewrapped",
      doc(intro, upgrade.replace("upgrade, and wait", "upgrade,\nand wait"), licence),
      doc(intro, licence),
      [],
    ],
    [
      "stays when it was edited",
      doc(intro, upgrade.replace("wait", "drink tea"), licence),
      doc(intro, upgrade.replace("wait", "drink tea"), licence),
      ["block upgrade is no longer part of these answers, but edited by you"],
    ],
  ] as const)("%s", ([, ours, merged, notes]) => {
    const result = merge(ours, doc(intro, upgrade, licence), doc(intro, licence));
    expect(result.text).toBe(merged);
    expect(result.notes).toEqual(notes);
  });
});

describe("a block that is brought up to date", () => {
  const base = doc(intro, install, licence);
  const fresh = doc(intro, install.replace("wait", "drink tea"), licence);

  it.for([
    ["stays where it was moved to", doc(intro, licence, install)],
    ["is found by its words, where only its markers are gone", doc(intro, bare(install), licence)],
    ["is found in CRLF", base.replaceAll("\n", "\r\n")],
    ["is found behind a byte order mark", `\uFEFF${base}`],
    ["keeps its place in a text that is not ended", base.slice(0, -1)],
    [
      "is not disturbed by markers in code",
      doc("```md\n<!-- mattermost-deployment:begin install -->\n```\n", base),
    ],
    [
      "is not disturbed by a longer fence around a shorter one",
      doc("````md\n```\n<!-- mattermost-deployment:begin install -->\n````\n", base),
    ],
    [
      "is not disturbed by code in a line that begins with it",
      doc("```npm ci``` comes first.\n", base),
    ],
    [
      "is not disturbed by what looks like the end of code",
      doc("```sh\n```sh\n<!-- mattermost-deployment:end x -->\n```\n", base),
    ],
  ] as const)("%s", ([, ours]) => {
    const { text, conflicts, notes } = merge(ours, base, fresh);
    expect(text).toBe(ours.replace("wait", "drink tea"));
    expect([...conflicts, ...notes]).toEqual([]);
  });

  it("keeps every ending of a line around it", () => {
    const ours = base
      .replace("# Title\n", "# Title\r\n")
      .replace("What this is.\n", "What this is.\r\n");
    expect(merge(ours, base, fresh).text).toBe(ours.replace("wait", "drink tea"));
  });

  it("stays away when it was taken away, with a note", () => {
    const { text, notes } = merge(doc(intro, licence), base, fresh);
    expect(text).toBe(doc(intro, licence));
    expect(notes).toEqual(["block install was removed by you"]);
  });

  it("is a conflict when the user changed the same words", () => {
    const ours = base.replace("wait", "sleep");
    const { text, conflicts } = merge(ours, base, fresh);
    expect(text).toBe(ours);
    expect(conflicts).toMatchObject([
      { ours: expect.stringContaining("sleep"), theirs: expect.stringContaining("tea") },
    ]);
    expect(merge(ours, base, fresh, "theirs").text).toBe(fresh);
    expect(merge(ours, base, fresh, "markers").text).toContain(
      "<<<<<<< yours\nRun the installer, and sleep until it has ended.\n=======\nRun the",
    );
  });

  it("takes tables and code line by line", () => {
    const table = "| Key | Value |\n| --- | --- |\n| a | 1 |\n| b | 2 |\n| c | 3 |";
    const code = "```sh\nfirst\nsecond\nthird\n```";
    const old = block("x", `${table}\n\n${code}`);
    const mine = old.replace("| a | 1 |", "| a | mine |").replace("first", "mine");
    const next = old.replace("| c | 3 |", "| c | new |").replace("third", "new");
    const { text, conflicts } = merge(mine, old, next);
    expect(conflicts).toEqual([]);
    expect(text).toBe(mine.replace("| c | 3 |", "| c | new |").replace("third", "new"));
  });
});

describe("markers that cannot be read leave everything as it is:", () => {
  it.for([
    [
      "twice",
      `${begin("a")}${end("a")}${begin("a")}${end("a")}`,
      `line 3: block "a" is there twice`,
    ],
    ["not ended", `x\n${begin("a")}y\n`, `line 2: block "a" begins and never ends`],
    ["not begun", `x\n${end("a")}`, `line 2: block "a" ends and never began`],
    [
      "one in another",
      `${begin("a")}${begin("b")}${end("b")}${end("a")}`,
      `line 2: block "b" begins inside "a"`,
    ],
    [
      "in code that does not end",
      `\`\`\`sh\nx\n${begin("a")}y\n${end("a")}`,
      "line 3: block marks stand in code that never ends",
    ],
  ] as const)("%s", ([, ours, problem]) => {
    expect(mergeBlocks(ours, "", block("a", "x"), "markdown", () => "later")).toEqual({
      problems: [problem],
    });
  });
});

it("merges a document of 200,000 lines", () => {
  const many = Array.from({ length: 100_000 }, (_, index) =>
    index % 3 === 0 ? "" : `Line ${index}.`,
  );
  const base = doc(intro, install);
  const ours = doc(intro, `${many.join("\n")}\n`, install, `${many.join("\n")}\n`);
  const { text } = merge(ours, base, base.replace("wait", "drink tea"));
  expect(text).toBe(ours.replace("wait", "drink tea"));
});

function merge(ours: string, base: string, theirs: string, decision: Decision = "later") {
  const merged = mergeBlocks(ours, base, theirs, "markdown", () => decision);
  if ("problems" in merged) throw new Error(merged.problems.join("; "));
  return merged;
}

/** Parts with a blank line between them. */
function doc(...parts: readonly string[]): string {
  return parts.join("\n");
}

function section(heading: string, id: string, words: string): string {
  return `## ${heading}\n\n${block(id, words)}`;
}

function block(id: string, words: string): string {
  return `${begin(id)}${words}\n${end(id)}`;
}

function begin(id: string): string {
  return `<!-- mattermost-deployment:begin ${id} -->\n`;
}

function end(id: string): string {
  return `<!-- mattermost-deployment:end ${id} -->\n`;
}

function bare(text: string): string {
  return text.replaceAll(/^<!-- .*\n/gm, "");
}
