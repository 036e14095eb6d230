import { describe, expect, it } from "vitest";
import { doctoredProject, type SentenceName } from "./doctored-project.ts";

const requirementOf: Readonly<Record<SentenceName, string>> = {
  description: "documentation-description",
  documentation: "documentation-official-link",
  steps: "documentation-production-steps",
  commitment: "security-commitment",
  name: "branding-name",
};
const names = ["description", "documentation", "steps", "commitment", "name"] as const;
const failing = ["near", "unmet"];
const passing = ["met", "variant", "outdated"];
const [docker, linux] = [await doctoredProject("docker"), await doctoredProject("linux")];
const untouched = { docker: await docker.judge(() => {}), linux: await linux.judge(() => {}) };

/** What keeps a sentence from being said to anybody. */
const hiding: Readonly<Record<string, (sentence: string) => string>> = {
  "a comment": (text) => `<!-- ${text} -->`,
  "a comment over several blocks": (text) => `<!--\n\n${text}\n\n-->`,
  "a comment within a line": (text) => `A chat. <!-- ${text} --> More of it.`,
  "a definition that nothing shows": (text) => `[//]: # (${text.replace(/[()]/g, "")})`,
  "the title of a link": (text) => `[A chat](https://example.org "${text.replaceAll('"', "")}")`,
  "a code block": (text) => `\`\`\`text\n${text}\n\`\`\``,
  "a code block of waves": (text) => `~~~\n${text}\n~~~`,
  "indented code": (text) => `    ${text}`,
  "a quotation": (text) => `> ${text}`,
  "struck out words": (text) => `~~${text}~~`,
  "a deletion of HTML": (text) => `<del>${text}</del>`,
  "the text for an image": (text) =>
    `![${text.replace(/[[\]]/g, "").replace(/\(.*?\)/g, "")}](x.png)`,
  "a hidden block": (text) => `<div hidden>\n\n${text}\n\n</div>`,
  "hidden words": (text) => `<span hidden>${text}</span>`,
  "words of no size": (text) => `<span style="display: none">${text}</span>`,
  "a script": (text) => `<script>\n${text}\n</script>`,
  "another file": () => "See the manual.",
};

/** What leaves a sentence said. */
const showing: Readonly<Record<string, (sentence: string) => string>> = {
  "a part that folds": (text) => `<details>\n<summary>More</summary>\n\n${text}\n\n</details>`,
  "a table": (text) => `| Notes |\n| --- |\n| ${text.replaceAll("|", "\\|")} |`,
  "a note": (text) => `> [!NOTE]\n> ${text}`,
  bold: (text) => `**${text}**`,
  "an item": (text) => `- ${text}`,
};

describe.for(names)("the %s", (name) => {
  const id = requirementOf[name];

  it.for(Object.keys(hiding))("is not said in %s", async (where) => {
    for (const project of [docker, linux]) {
      const sentence = project.sentences[name];
      const outcomes = await project.replace(sentence, hiding[where]?.(sentence) ?? "");
      expect(failing, outcomes[id]).toContain(outcomes[id]);
    }
  });

  it.for(Object.keys(showing))("is said in %s", async (where) => {
    const sentence = docker.sentences[name];
    const outcomes = await docker.replace(sentence, showing[where]?.(sentence) ?? "");
    expect(passing, outcomes[id]).toContain(outcomes[id]);
    const others = Object.keys(outcomes).filter((other) => other !== id);
    for (const other of others) expect(outcomes[other], other).toBe(untouched.docker[other]);
  });
});

interface Change {
  readonly sentence: SentenceName;
  readonly from: string;
  readonly to: string;
  readonly holds?: boolean;
}

const evil = "https://mattermost.com.example.org";
const changes: readonly Change[] = [
  { sentence: "commitment", from: "will make", to: "will not make" },
  { sentence: "commitment", from: "will make", to: "should be able to make" },
  { sentence: "commitment", from: "will make", to: "would make" },
  { sentence: "commitment", from: "will make", to: "may make" },
  { sentence: "commitment", from: "will make", to: "used to make" },
  { sentence: "commitment", from: "will make", to: "will try to make" },
  { sentence: "commitment", from: "will make", to: "in the past made" },
  { sentence: "commitment", from: "the maintainers", to: "the users" },
  { sentence: "commitment", from: "the maintainers", to: "nobody among the maintainers" },
  { sentence: "commitment", from: "10 days", to: "ten days", holds: true },
  { sentence: "commitment", from: "10 days", to: "thirty days" },
  { sentence: "commitment", from: "10 days", to: "10 weeks" },
  { sentence: "commitment", from: "10 days", to: "10 working days" },
  { sentence: "commitment", from: "10 days", to: "10 days or more" },
  { sentence: "commitment", from: "10 days", to: "about 10 days" },
  { sentence: "commitment", from: "10 days", to: "10 days, unless we are on holiday" },
  { sentence: "commitment", from: "within 10", to: "after 10" },
  { sentence: "commitment", from: "within 10", to: "not within 10" },
  { sentence: "commitment", from: "highly recommend", to: "do not recommend" },
  { sentence: "commitment", from: "Mattermost security", to: "Slack security" },
  { sentence: "commitment", from: "secure version", to: "latest beta" },
  { sentence: "commitment", from: "We highly", to: "In the past we stated: We highly" },
  { sentence: "description", from: "a Mattermost server", to: "a Rocket.Chat server" },
  { sentence: "description", from: "secure, private", to: "insecure, private" },
  { sentence: "description", from: "secure, private", to: "public" },
  { sentence: "description", from: "installs and upgrades", to: "does not install" },
  { sentence: "description", from: "installs and upgrades", to: "will one day install" },
  { sentence: "description", from: "installs and upgrades", to: "removes" },
  {
    sentence: "description",
    from: "https://mattermost.com",
    to: "http://mattermost.com",
    holds: true,
  },
  { sentence: "description", from: "https://mattermost.com", to: evil },
  { sentence: "description", from: "https://mattermost.com", to: "https://mattermost.company" },
  {
    sentence: "description",
    from: "https://mattermost.com",
    to: "https://example.org/mattermost.com",
  },
  {
    sentence: "description",
    from: "https://mattermost.com",
    to: `[https://mattermost.com](${evil})`,
  },
  { sentence: "description", from: "https://mattermost.com", to: "[here](README.md)" },
  { sentence: "documentation", from: "official", to: "unofficial" },
  {
    sentence: "documentation",
    from: "https://docs.mattermost.com",
    to: "https://docs.mattermost.com.example.org",
  },
  {
    sentence: "documentation",
    from: "https://docs.mattermost.com",
    to: "https://docs-mattermost.com",
  },
  {
    sentence: "documentation",
    from: "https://docs.mattermost.com",
    to: "https://docs.example.org",
  },
  {
    sentence: "documentation",
    from: "https://docs.mattermost.com",
    to: "[https://docs.mattermost.com](docs/)",
  },
  { sentence: "documentation", from: "Please see", to: "Do not see" },
  { sentence: "documentation", from: "Please see", to: "There is no need to see" },
  { sentence: "steps", from: "the following steps are", to: "no further steps are" },
  { sentence: "steps", from: "are required", to: "are optional" },
  { sentence: "steps", from: "are required", to: "are not required" },
  { sentence: "steps", from: "production-ready", to: "pretty" },
  { sentence: "name", from: "for Mattermost by Example Org", to: "for Mattermost" },
  { sentence: "name", from: "for Mattermost by Example Org", to: "for Rocket.Chat by Example Org" },
  { sentence: "name", from: "for Mattermost by Example Org", to: "of Mattermost by Example Org" },
  { sentence: "name", from: "for Mattermost by Example Org", to: "for Mattermost by [CREATOR]" },
  { sentence: "name", from: " is `", to: " is not `" },
  { sentence: "name", from: " is `", to: " was once `" },
  { sentence: "name", from: " is `", to: " is `Mattermost " },
  { sentence: "name", from: "Mattermost branding guidelines", to: "Slack branding guidelines" },
  {
    sentence: "name",
    from: "https://handbook.mattermost.com",
    to: "https://handbook.mattermost.com.example.org",
  },
  { sentence: "name", from: "https://handbook.mattermost.com", to: "https://example.org" },
];

it.for(changes)(
  'the $sentence with "$to" for "$from"',
  async ({ sentence: name, from, to, holds = false }) => {
    const sentence = docker.sentences[name];
    expect(sentence).toContain(from);
    const outcomes = await docker.replace(
      sentence,
      sentence.replace(from, () => to),
    );
    const outcome = outcomes[requirementOf[name]];
    expect(holds ? passing : failing, outcome).toContain(outcome);
  },
);
