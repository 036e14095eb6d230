import { defineRequirement, type Files } from "../requirement.ts";
import { upgradeScript } from "../upgrade-script.ts";

/** A user, not a maintainer, can upgrade the server with a documented command. */
export default defineRequirement({
  id: "upgrade-command",
  tier: "certified",
  title: "A user can upgrade to the latest version with one command",
  source: "Upgrade",
  evidence: { kind: "files", isMet: (files: Files) => upgradeScript(files) !== undefined },
  advice: "Ship an upgrade command and show it under a heading of the README.",
  appliesTo: () => true,
  examples: {
    met: [
      {
        title: "a documented script",
        files: {
          "README.md": "## Upgrade\n\n```sh\nsudo bin/upgrade\n```\n",
          "bin/upgrade": "#!/usr/bin/env bash\n",
        },
      },
    ],
    unmet: [
      { title: "an empty repository", files: {} },
      {
        title: "a heading with nothing beneath",
        files: { "README.md": "## Upgrade\n\n## Next\n", "bin/upgrade": "#!/usr/bin/env bash\n" },
      },
      {
        title: "a command that is not there",
        files: { "README.md": "## Upgrade\n\n```sh\nsudo bin/upgrade\n```\n" },
      },
    ],
  },
});
