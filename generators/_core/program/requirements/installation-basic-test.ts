import { defineRequirement } from "../requirement.ts";

/** The four manual tests that every automated installation has to pass. */
export default defineRequirement({
  id: "installation-basic-test",
  tier: "community",
  title: "The automated installation passes the basic test",
  source: "Installation",
  evidence: {
    kind: "attestation",
    steps: [
      "Create an account, create a team with it, and post in Town Square.",
      "Create a second account, join that team, and reply to the post.",
      "Back in the first account, reply with an image attached.",
      'See that there are no errors and no red bar with "Mattermost unreachable".',
    ],
  },
  advice: "Install on a fresh machine and go through the four steps.",
  appliesTo: () => true,
  examples: {
    met: [],
    unmet: [
      { title: "an empty repository", files: {} },
      { title: "a claim in the README", files: { "README.md": "The basic test passes.\n" } },
    ],
  },
});
