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
  denial: new RegExp(
    [
      // "This project is no longer maintained."
      String.raw`\b(this|the) (project|repository|repo|role|module|cookbook|chart|charm|image|playbook|package|script|deployment( solution)?) (is|has been|was) (no longer|not|un)[ -]?(being |actively )*(maintained|supported|developed|updated)\b`,
      String.raw`\b(this|the) (project|repository|repo|role|module|deployment( solution)?) (is|has been|was) (abandoned|discontinued|archived|deprecated)\b`,
      // "We do not follow security updates."
      String.raw`\b(we|the maintainers|i)\b[^.]{0,40}\b(do not|don't|will not|won't|cannot|can't|never|no longer)\b[^.]{0,40}\bsecurity (updates|fixes|patches|releases)\b`,
      // "Security updates follow within 30 days."
      String.raw`\bsecurity (updates?|fixes|patches|releases)\b(?![^.]*\b(report|answer|respond|reply))[^.]{0,80}\b(within|after) (?!(10|ten) days)\w+ (\w+ )?(days|weeks|months)\b`,
    ].join("|"),
    "i",
  ),
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
