import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { requirements } from "../../../generators/_core/program/requirements.gen.ts";
import type { Statement } from "../../../generators/_core/program/statement.ts";
import type { Subject } from "../../../generators/_core/program/subject.ts";
import {
  formatOf,
  type DocumentFormat,
} from "../../../generators/_core/repository/documents/document.ts";
import {
  matchSentence,
  type MatchOutcome,
} from "../../../generators/_core/repository/statements/match-sentence.ts";
import { parseDocument } from "../../../generators/_core/repository/parse-document.ts";
import { renderStatement } from "../../../generators/_core/repository/statements/render-statement.ts";
import { tokenDocument } from "../../../generators/_core/repository/statements/text-tokens.ts";
import { certifiedSolution, systemsOf } from "../../solutions.ts";

const solution = { ...certifiedSolution, systems: systemsOf("oracle-linux-9") };
/** What is known of somebody else's solution: its systems alone. */
const stranger: Subject = { systems: solution.systems, unofficialOptions: [] };
const written = requirements.flatMap(({ id, evidence, readme }) =>
  evidence.kind === "text" && readme
    ? [{ id, statements: evidence.statements(stranger), markdown: readme.markdown(solution) }]
    : [],
);
const passing: readonly MatchOutcome[] = ["met", "variant", "outdated"];

describe.for(written)("$id", ({ statements, markdown }) => {
  it("is met by the program's words", async () => {
    expect(await outcomes(statements, markdown)).toEqual(statements.map(() => "met"));
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
    expect(await outcomes(statements, changed)).toEqual(statements.map(() => "met"));
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
    const found = await outcomes(statements, hiding[name]?.(markdown) ?? "");
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
      expect(await outcomes(statements, source, format)).toEqual(statements.map(() => "met"));
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
      const found = await outcomes(statements, changed);
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
        expect((await outcomes([statement], changed))[0], changed).toBe("near");
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
        expect(await outcomes(statements, source)).toEqual(statements.map(() => "met"));
      }),
      { numRuns: 40 },
    );
  });
});

interface Case {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly outcome: MatchOutcome;
}

const commitment =
  "We highly recommend users subscribe to the Mattermost security updates email list. When notified of a security update, the maintainers of this deployment solution will make an effort to update to the secure version within 10 days.";
const description =
  "This deployment solution installs a Mattermost server to provide secure, private cloud messaging for teams and enterprises. More information is available at: https://mattermost.com";
const name = (rest: string, target = "https://mattermost.org/brand-guidelines/") =>
  `The name for this deployment solution in the context of [Mattermost branding guidelines](${target}) is ${rest}.`;

const cases: readonly Case[] = [
  {
    id: "security-commitment",
    title: "another noun",
    text: commitment.replace("deployment solution", "Puppet module"),
    outcome: "variant",
  },
  {
    id: "security-commitment",
    title: "a number in words",
    text: commitment.replace("10", "ten"),
    outcome: "variant",
  },
  {
    id: "security-commitment",
    title: "a link inside",
    text: commitment.replace(
      "Mattermost security updates email list",
      "[Mattermost security updates email list](https://mattermost.com/security-updates/)",
    ),
    outcome: "met",
  },
  {
    id: "security-commitment",
    title: "two paragraphs",
    text: commitment.replace("list. ", "list.\n\n"),
    outcome: "met",
  },
  {
    id: "security-commitment",
    title: "another number",
    text: commitment.replace("10", "30"),
    outcome: "near",
  },
  {
    id: "security-commitment",
    title: "a range",
    text: commitment.replace("10", "10 to 30"),
    outcome: "near",
  },
  {
    id: "security-commitment",
    title: "other days",
    text: commitment.replace("10 days", "10 business days"),
    outcome: "near",
  },
  {
    id: "security-commitment",
    title: "no term",
    text: commitment.replace(" within 10 days", ""),
    outcome: "near",
  },
  {
    id: "security-commitment",
    title: "a condition behind it",
    text: commitment.replace("days.", "days if somebody pays."),
    outcome: "near",
  },
  {
    id: "security-commitment",
    title: "a denial before it",
    text: `It is not true that ${commitment}`,
    outcome: "near",
  },
  {
    id: "security-commitment",
    title: "a question",
    text: commitment.replace("days.", "days?"),
    outcome: "near",
  },
  {
    id: "security-commitment",
    title: "the opposite",
    text: commitment.replace("recommend", "discourage"),
    outcome: "near",
  },
  {
    id: "security-commitment",
    title: "a quotation by a page about the program",
    text: `The README has to contain the statement "${commitment}"`,
    outcome: "near",
  },
  {
    id: "security-commitment",
    title: "a list that does not exist",
    text: "There is no security updates list yet.",
    outcome: "unmet",
  },
  {
    id: "documentation-description",
    title: "an older address",
    text: description.replace("https://", "https://about."),
    outcome: "outdated",
  },
  {
    id: "documentation-description",
    title: "the wording of 2017-02-07",
    text: "To deploy Mattermost in production you need to configure SSL and SMTP email according to official documentation.",
    outcome: "outdated",
  },
  {
    id: "documentation-description",
    title: "a linkified address",
    text: description.replace("https://mattermost.com", "[mattermost.com](https://mattermost.com)"),
    outcome: "variant",
  },
  {
    id: "documentation-description",
    title: "the brackets of the program's page",
    text: description.replace("installs", "installs [and upgrades]"),
    outcome: "near",
  },
  {
    id: "documentation-description",
    title: "another address",
    text: description.replace("mattermost.com", "example.org"),
    outcome: "near",
  },
  {
    id: "documentation-official-link",
    title: "a link in place of the address",
    text: "Please see [the documentation](https://docs.mattermost.com) for official documentation.",
    outcome: "variant",
  },
  {
    id: "documentation-official-link",
    title: "an article and a name",
    text: "Please see https://docs.mattermost.com for the official Mattermost documentation.",
    outcome: "variant",
  },
  {
    id: "documentation-official-link",
    title: "a link that shows one address and leads to another",
    text: "Please see [https://docs.mattermost.com](https://docs.mattermost.com.example.org) for official documentation.",
    outcome: "near",
  },
  {
    id: "documentation-official-link",
    title: "the address in another sentence",
    text: "Read https://docs.mattermost.com first.",
    outcome: "unmet",
  },
  {
    id: "documentation-official-link",
    title: "the documentation's repository",
    text: "The official documentation is at https://github.com/mattermost/docs.",
    outcome: "unmet",
  },
  {
    id: "branding-name",
    title: "an older link",
    text: name("`Chat for Mattermost by Example Org`"),
    outcome: "outdated",
  },
  {
    id: "branding-name",
    title: "no link",
    text: name("Chat for Mattermost by Example Org")
      .replace(/\]\(.*?\)/, "")
      .replace("[", ""),
    outcome: "near",
  },
  {
    id: "branding-name",
    title: "a link elsewhere",
    text: name("Chat for Mattermost by Example Org", "https://example.org/brand"),
    outcome: "near",
  },
  {
    id: "branding-name",
    title: "the placeholders of the program's page",
    text: name("`[NAME] for Mattermost by [CREATOR]`"),
    outcome: "near",
  },
  {
    id: "branding-name",
    title: "a name that begins with the mark",
    text: name("`Mattermost Chat for Mattermost by Example Org`"),
    outcome: "near",
  },
  {
    id: "branding-name",
    title: "prose with those words",
    text: "Made for Mattermost by Example Org.",
    outcome: "unmet",
  },
  {
    id: "installation-rhel-equivalent",
    title: "another system",
    text: "This deployment uses Rocky Linux 9 as an equivalent to the officially supported version of Red Hat Enterprise Linux.",
    outcome: "near",
  },
  {
    id: "installation-rhel-equivalent",
    title: "two systems in one sentence",
    text: "This deployment uses CentOS and Oracle Linux as an equivalent to the officially supported version of Red Hat Enterprise Linux.",
    outcome: "met",
  },
];

it.for(cases)("$id with $title is $outcome", async ({ id, text, outcome }) => {
  const statements = written.find((candidate) => candidate.id === id)?.statements ?? [];
  expect(await outcomes(statements, `${text}\n`)).toEqual([outcome]);
});

it("shows the words that differ, and where they stand", async () => {
  const statements = written.find(({ id }) => id === "security-commitment")?.statements ?? [];
  const source = `# Chat\n\n${commitment.replace("10 days", "30 days")}\n`;
  const document = tokenDocument(await parsed(source, "markdown"));
  const [match] = statements.map((statement) => matchSentence(statement, document));
  expect(match?.position?.line).toBe(3);
  expect(source.slice(match?.position?.start, match?.position?.end)).toContain("within 30 days");
  expect(match?.words.filter(({ kind }) => kind !== "same")).toEqual([
    { kind: "extra", text: "30" },
    { kind: "missing", text: "10" },
  ]);
});

async function outcomes(
  statements: readonly Statement[],
  source: string,
  format: DocumentFormat = formatOf("README.md") ?? "markdown",
): Promise<readonly MatchOutcome[]> {
  const document = tokenDocument(await parsed(source, format));
  return statements.map((statement) => matchSentence(statement, document).outcome);
}

async function parsed(source: string, format: DocumentFormat) {
  const document = await parseDocument(source, format);
  if (!document) throw new Error("the document is too long");
  return document;
}

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
