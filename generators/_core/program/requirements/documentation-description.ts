import { defineRequirement } from "../requirement.ts";
import type { Solution } from "../solution.ts";
import type { Statement } from "../statement.ts";
import type { Subject } from "../subject.ts";
import { fillSlots, type Wording } from "../wording.ts";

const wordings = [
  {
    since: "2022-03-04",
    text: "This deployment solution installs [and upgrades] a Mattermost server to provide secure, private cloud messaging for teams and enterprises. More information is available at: https://mattermost.com",
  },
  {
    since: "2017-02-09",
    text: "This deployment solution installs [and upgrades] a Mattermost server to provide secure, private cloud messaging for teams and enterprises. More information is available at: https://about.mattermost.com",
  },
  {
    since: "2017-02-07",
    text: "To deploy Mattermost in production you need to configure SSL and SMTP email according to official documentation.",
  },
] as const satisfies readonly Wording[];

const optional = { kind: "optional" } as const;

/** What the solution is; the words "and upgrades" stand exactly where an upgrade command exists. */
export default defineRequirement({
  id: "documentation-description",
  tier: "community",
  title: "README describes the deployment solution in the program's words",
  source: "Documentation",
  evidence: { kind: "text", wordings, sentences: (solution) => [sentence(solution)], statements },
  advice: "Write the program's description into the README.",
  appliesTo: () => true,
  readme: { section: "introduction", markdown: sentence },
  examples: {
    met: [
      {
        title: "with upgrades",
        files: {
          "README.md":
            "This deployment solution installs and upgrades a Mattermost server to provide secure, private cloud messaging for teams and enterprises. More information is available at: https://mattermost.com\n",
        },
      },
      {
        title: "without upgrades",
        files: {
          "README.md":
            "This deployment solution installs a Mattermost server to provide secure, private cloud messaging for teams and enterprises. More information is available at: https://mattermost.com\n",
        },
        solution: { upgrade: false },
      },
    ],
    unmet: [
      { title: "an empty repository", files: {} },
      {
        title: "the optional words in their brackets",
        files: { "README.md": `${wordings[0].text}\n` },
      },
      {
        title: "upgrades claimed where there are none",
        files: {
          "README.md":
            "This deployment solution installs and upgrades a Mattermost server to provide secure, private cloud messaging for teams and enterprises. More information is available at: https://mattermost.com\n",
        },
        solution: { upgrade: false },
      },
    ],
  },
});

function statements({ upgrade }: Subject): readonly Statement[] {
  const slots = {
    "and upgrades": upgrade === undefined ? optional : { ...optional, isDue: upgrade },
  };
  return [{ wordings, slots, required: ["secure private cloud messaging"], optional: ["server"] }];
}

function sentence({ upgrade }: Solution): string {
  return fillSlots(wordings[0].text, { "and upgrades": upgrade ? "and upgrades" : "" });
}
