import { defineRequirement } from "../requirement.ts";
import type { Statement } from "../statement.ts";
import type { Wording } from "../wording.ts";

const wordings = [
  {
    since: "2017-02-02",
    text: "We highly recommend users subscribe to the Mattermost security updates email list. When notified of a security update, the maintainers of this deployment solution will make an effort to update to the secure version within 10 days.",
  },
] as const satisfies readonly Wording[];

const statement: Statement = {
  wordings,
  required: ["security updates", "make an effort to update to", "within 10 days"],
};

const signUp = "Sign up at <https://mattermost.com/security-updates/#sign-up>.";

/** The promise to follow security updates within ten days, and where to subscribe to them. */
export default defineRequirement({
  id: "security-commitment",
  tier: "registered",
  title: "README commits to security updates within ten days",
  source: "Security updates",
  evidence: {
    kind: "text",
    wordings,
    sentences: () => [wordings[0].text],
    statements: () => [statement],
  },
  advice: "Write the program's commitment into the README.",
  appliesTo: () => true,
  readme: { section: "security", markdown: () => `${wordings[0].text}\n\n${signUp}` },
  examples: {
    met: [{ title: "the commitment", files: { "README.md": `${wordings[0].text}\n` } }],
    unmet: [
      { title: "an empty repository", files: {} },
      {
        title: "another number of days",
        files: { "README.md": `${wordings[0].text.replace("10 days", "30 days")}\n` },
      },
      {
        title: "the recommendation without the commitment",
        files: {
          "README.md":
            "We highly recommend users subscribe to the Mattermost security updates email list.\n",
        },
      },
    ],
  },
});
