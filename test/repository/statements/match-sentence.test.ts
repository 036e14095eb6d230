import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MatchOutcome } from "../../../generators/_core/repository/statements/match-sentence.ts";
import { renderStatement } from "../../../generators/_core/repository/statements/render-statement.ts";
import { matchOutcomes, writtenStatements } from "./written-statements.ts";

const passing: readonly MatchOutcome[] = ["met", "variant", "outdated"];

describe.for(writtenStatements)("$id", ({ statements, markdown }) => {
  it("is met by the program's words", async () => {
    expect(await matchOutcomes(statements, markdown)).toEqual(statements.map(() => "met"));
  });

  const harmless: Readonly<Record<string, (text: string) => string>> = {
    "lines of 30 letters": (text) => wrapped(text, 30),
    "lines of 72 letters": (text) => wrapped(text, 72),
    "other bullets": (text) => text.replace(/^- /gm, "* "),
    "numbered steps": (text) => text.replace(/^- /gm, "1. "),
    "bold sentences": (text) => text.replace(/^(?=[A-Z])(.*?)$/gm, "**$1**"),
    "typographic spaces": (text) => text.replaceAll(" to ", "\u00a0to\u2009"),
    "another case": (text) => text.replace(/^[A-Z]/gm, (letter) => letter.toLowerCase()),
    "no full stop": (text) => text.replace(/\.$/gm, ""),
    "more spaces": (text) => text.replaceAll(" the ", "  the   "),
    "addresses in angle brackets": (text) =>
      text.replace(/ (https:\/\/[^\s.]+\.mattermost\.com)/g, " <$1>"),
    "carriage returns": (text) => text.replaceAll("\n", "\r\n"),
    "other words around": (text) => `# Chat\n\nA chat.\n\n${text}\n\n## More\n\nMore of it.\n`,
    "reference links": (text) =>
      `${text.replace(/\]\((\S+)\)/g, (_, url: string) => `][${url.length}]`)}\n\n${[...text.matchAll(/\]\((\S+)\)/g)].map(([, url = ""]) => `[${url.length}]: ${url}`).join("\n")}\n`,
    "HTML links": (text) => text.replace(/\[([^\]]+)\]\((\S+)\)/g, '<a href="$2">$1</a>'),
  };
  it.for(Object.keys(harmless))("is still met with %s", async (name) => {
    const changed = harmless[name]?.(markdown) ?? "";
    expect(await matchOutcomes(statements, changed)).toEqual(statements.map(() => "met"));
  });

  const hiding: Readonly<Record<string, (text: string) => string>> = {
    "a comment": (text) => `<!--\n${text}\n-->\n`,
    "a code block": (text) => `\`\`\`\n${text}\n\`\`\`\n`,
    "indented code": (text) => text.replace(/^/gm, "    "),
    "a quotation": (text) => text.replace(/^/gm, "> "),
    "struck out words": (text) => text.replace(/^(- )?(.+)$/gm, "$1~~$2~~"),
    "hidden HTML": (text) => `<div hidden>\n${text.replace(/\n+/g, "<br>")}\n</div>\n`,
  };
  it.for(Object.keys(hiding))("is not met in %s", async (name) => {
    const found = await matchOutcomes(statements, hiding[name]?.(markdown) ?? "");
    for (const outcome of found) expect(["near", "unmet"]).toContain(outcome);
  });

  it.for(["markdown", "restructuredtext", "asciidoc", "html", "text"] as const)(
    "is met in %s",
    async (format) => {
      const manner = {
        format,
        bullet: format === "asciidoc" ? "*" : "-",
        width: format === "html" ? undefined : 60,
        heading: (text: string) => [text],
      };
      const source = renderStatement(markdown, manner, 2).join("\n");
      expect(await matchOutcomes(statements, source, format)).toEqual(statements.map(() => "met"));
    },
  );

  it("is not met when one of its words becomes another", async () => {
    const words = [...markdown.matchAll(/(?<![\w/.:#-])[A-Za-z]{3,}(?![\w/.:-])/g)].filter(
      ({ index }) => !/\]\([^)]*$/.test(markdown.slice(0, index)),
    );
    const may =
      /^(the|our|please|highly|all|and|upgrades|server|email|sign|linux|oracle|example|deployment|org|for|mattermost|solution|security|this)$/i;
    for (const { 0: word, index } of words) {
      if (may.test(word)) continue;
      const changed = `${markdown.slice(0, index)}Xyzzy${markdown.slice(index + word.length)}`;
      const found = await matchOutcomes(statements, changed);
      expect(
        found.some((outcome) => !passing.includes(outcome)),
        `${word}: ${changed}`,
      ).toBe(true);
    }
  });

  it.for(["not", "never", "no longer", "hardly", "unless asked"])(
    'is turned around by "%s" wherever it is put',
    async (words) => {
      const [first = ""] = markdown.split("\n");
      const statement = statements[0];
      if (!statement) throw new Error("no statement");
      const gaps = [...first.matchAll(/(?<=\w) (?=\w)/g)].map(({ index }) => index);
      const inLink = (at: number) => /\[[^\]]*$|\]\([^)]*$|`[^`]*$/.test(first.slice(0, at));
      for (const at of gaps.filter((gap) => !inLink(gap) && isInside(first, gap))) {
        const changed = `${first.slice(0, at)} ${words}${first.slice(at)}`;
        expect((await matchOutcomes([statement], changed))[0], changed).toBe("near");
      }
    },
  );

  it("does not change its verdict with the layout", async () => {
    const layout = fc.record({
      width: fc.integer({ min: 20, max: 120 }),
      bullet: fc.constantFrom("-", "*", "+", "1."),
      emphasis: fc.constantFrom("", "*", "**", "_"),
      newline: fc.constantFrom("\n", "\r\n"),
      before: fc.constantFrom("", "# Title\n\n", "Words.\n\n", "<p align=center>x</p>\n\n"),
      space: fc.constantFrom(" ", "  ", "\u00a0"),
    });
    await fc.assert(
      fc.asyncProperty(layout, async ({ width, bullet, emphasis, newline, before, space }) => {
        const text = markdown
          .replace(/^- /gm, `${bullet} `)
          .replace(/^(?=[A-Z])(.*?)([.:]?)$/gm, `${emphasis}$1${emphasis}$2`)
          .replaceAll(" the ", `${space}the `);
        const source = `${before}${wrapped(text, width)}\n`.replaceAll("\n", newline);
        expect(await matchOutcomes(statements, source)).toEqual(statements.map(() => "met"));
      }),
      { numRuns: 40 },
    );
  });
});

/** Breaks lines at spaces outside of links and code. */
function wrapped(text: string, width: number): string {
  return text
    .split("\n")
    .map((line) => {
      const indent = /^([-*+]|\d+\.) /.exec(line)?.[0].length ?? 0;
      const words = line.match(/(?:\[[^\]]*\]\([^)]*\)|`[^`]*`|\S)+/g) ?? [];
      const lines: string[] = [];
      for (const word of words) {
        const last = lines.at(-1);
        if (last !== undefined && `${last} ${word}`.length <= width)
          lines.splice(-1, 1, `${last} ${word}`);
        else lines.push(lines.length === 0 ? word : " ".repeat(indent) + word);
      }
      return lines.join("\n");
    })
    .join("\n");
}

/** Whether a place is inside of the first sentence, so that a word there belongs to it. */
function isInside(text: string, at: number): boolean {
  const end = text.indexOf(". ");
  return at < (end === -1 ? text.length : end);
}
