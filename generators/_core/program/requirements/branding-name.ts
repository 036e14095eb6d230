import { codeSpan } from "../markdown.ts";
import { defineRequirement } from "../requirement.ts";
import { brandedName, type Solution } from "../solution.ts";
import type { Statement } from "../statement.ts";
import type { Subject } from "../subject.ts";
import { fillSlots, type Wording } from "../wording.ts";

const guidelines = "Mattermost branding guidelines";
const text =
  "The name for this deployment solution in the context of Mattermost branding guidelines is [NAME] for Mattermost by [CREATOR].";

const wordings = [
  {
    since: "2022-03-04",
    text,
    links: {
      [guidelines]:
        "https://handbook.mattermost.com/operations/operations/publishing/publishing-guidelines/brand-and-visual-design-guidelines",
    },
  },
  {
    since: "2020-12-04",
    text,
    links: { [guidelines]: "https://mattermost.org/brand-guidelines/" },
  },
  {
    since: "2017-02-02",
    text,
    links: { [guidelines]: "https://www.mattermost.org/brand-guidelines/" },
  },
] as const satisfies readonly Wording[];

/** The name by which Mattermost speaks of the solution. */
export default defineRequirement({
  id: "branding-name",
  tier: "registered",
  title: "README gives the solution's name by the branding guidelines",
  source: "Branding",
  evidence: { kind: "text", wordings, sentences: (solution) => [sentence(solution)], statements },
  advice: "Write the program's sentence with your solution's name into the README.",
  appliesTo: () => true,
  readme: { section: "name", markdown },
  examples: {
    met: [
      {
        title: "the sentence with its link",
        files: {
          "README.md": `The name for this deployment solution in the context of [${guidelines}](${wordings[0].links[guidelines]}) is \`Docker deployment for Mattermost by Example Org\`.\n`,
        },
        solution: { name: "Docker deployment", creator: "Example Org" },
      },
    ],
    unmet: [
      { title: "an empty repository", files: {} },
      {
        title: "the name as a heading alone",
        files: { "README.md": "# Docker deployment for Mattermost by Example Org\n" },
        solution: { name: "Docker deployment", creator: "Example Org" },
      },
      {
        title: "the name of another creator",
        files: {
          "README.md": `The name for this deployment solution in the context of [${guidelines}](${wordings[0].links[guidelines]}) is \`Docker deployment for Mattermost by Another Example\`.\n`,
        },
        solution: { name: "Docker deployment", creator: "Example Org" },
      },
    ],
  },
});

function statements({ name, creator }: Subject): readonly Statement[] {
  return [
    {
      wordings,
      slots: {
        NAME: name === undefined ? { kind: "own" } : { kind: "own", value: name },
        CREATOR: creator === undefined ? { kind: "own" } : { kind: "own", value: creator },
      },
      required: ["the name for", "for mattermost by"],
      link: { words: guidelines, topic: /brand/ },
    },
  ];
}

function sentence({ name, creator }: Solution): string {
  return fillSlots(text, { NAME: name, CREATOR: creator });
}

function markdown(solution: Solution): string {
  const link = `[${guidelines}](${wordings[0].links[guidelines]})`;
  return fillSlots(text, { NAME: "{name}", CREATOR: "{name}" })
    .replace(guidelines, link)
    .replace("{name} for Mattermost by {name}", () => codeSpan(brandedName(solution)));
}
