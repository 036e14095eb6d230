import { defineRequirement } from "../requirement.ts";
import type { Statement } from "../statement.ts";
import type { Wording } from "../wording.ts";

const wordings = [
  {
    since: "2017-02-02",
    text: "Please see https://docs.mattermost.com for official documentation.",
  },
] as const satisfies readonly Wording[];

const statement: Statement = {
  wordings,
  required: [],
};

/** The pointer to the official documentation. */
export default defineRequirement({
  id: "documentation-official-link",
  tier: "community",
  title: "README links the official documentation",
  source: "Documentation",
  evidence: {
    kind: "text",
    wordings,
    sentences: () => [wordings[0].text],
    statements: () => [statement],
  },
  advice: "Write the program's sentence with the link to the documentation into the README.",
  appliesTo: () => true,
  readme: { section: "introduction", markdown: () => wordings[0].text },
  examples: {
    met: [
      { title: "the sentence", files: { "README.md": `${wordings[0].text}\n` } },
      {
        title: "the sentence in bold, wrapped, with a link",
        files: {
          "README.md":
            "**Please see\n<https://docs.mattermost.com> for official documentation.**\n",
        },
      },
    ],
    unmet: [
      { title: "an empty repository", files: {} },
      {
        title: "the address in another sentence",
        files: { "README.md": "Read https://docs.mattermost.com first.\n" },
      },
      {
        title: "the sentence in a comment",
        files: { "README.md": `<!-- ${wordings[0].text} -->\n` },
      },
    ],
  },
});
