import type { Facts, Finding } from "../facts.ts";
import { defineRequirement } from "../requirement.ts";

/** A user, not a maintainer, can upgrade the server with a documented command. */
export default defineRequirement({
  id: "upgrade-command",
  tier: "certified",
  title: "A user can upgrade to the latest version with one command",
  source: "Upgrade",
  evidence: { kind: "files", probe, isRendered: ({ upgrade }) => upgrade },
  advice: "Ship an upgrade command and show it under a heading of the README.",
  appliesTo: () => true,
  examples: {
    met: [
      {
        title: "a documented script",
        files: {
          "README.md": "## Upgrade\n\n```sh\nsudo bin/upgrade\n```\n",
          "bin/upgrade": "#!/usr/bin/env bash\ndocker compose pull\n",
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
        title: "a script that does nothing",
        files: {
          "README.md": "## Upgrade\n\n```sh\nsudo bin/upgrade\n```\n",
          "bin/upgrade": "#!/usr/bin/env bash\nset -e\n# To do\necho upgraded\n",
        },
      },
      {
        title: "a command that is not there",
        files: { "README.md": "## Upgrade\n\n```sh\nsudo bin/upgrade\n```\n" },
      },
    ],
  },
});

function probe({ upgrade: { ways, denial, hidden, idle } }: Facts): Finding {
  const own = ways.filter(({ script }) => script !== undefined);
  if (own.length > 0 && denial && /support/i.test(denial.text) && !/automatic/i.test(denial.text)) {
    const note = `${denial.path}:${denial.line} says that there is none`;
    return { outcome: "near", places: [denial, ...own.map(({ place }) => place)], note };
  }
  if (own.length > 0) return { outcome: "met", places: own.map(({ place }) => place) };
  if (denial) {
    return { outcome: "unmet", places: [denial], note: "the README says that there is none" };
  }
  if (ways.length > 0) {
    const note = "the README shows commands of other tools";
    return { outcome: "variant", places: ways.map(({ place }) => place), note };
  }
  if (idle)
    return { outcome: "near", places: [idle], note: "the script that it shows does nothing" };
  if (hidden) return { outcome: "near", places: [hidden], note: "no README shows it" };
  return { outcome: "unmet", places: [], note: "no README shows one" };
}
