import type { Facts, Finding } from "../facts.ts";
import { defineRequirement } from "../requirement.ts";
import { includesTier } from "../tier.ts";

/** A changelog that is kept: named in the program's prose on Registered solutions. */
export default defineRequirement({
  id: "changelog",
  tier: "registered",
  title: "A changelog is maintained",
  source: "Registered Deployment Solutions",
  evidence: { kind: "files", probe, isRendered: ({ tier }) => includesTier(tier, "registered") },
  advice: "Keep a CHANGELOG.md with an entry for each change that operators notice.",
  appliesTo: () => true,
  examples: {
    met: [
      {
        title: "one entry",
        files: { "CHANGELOG.md": "# Changelog\n\n## Unreleased\n\n- First version.\n" },
      },
    ],
    unmet: [
      { title: "an empty repository", files: {} },
      { title: "a changelog without an entry", files: { "CHANGELOG.md": "# Changelog\n" } },
    ],
  },
});

function probe({ changelog }: Facts): Finding {
  if (!changelog) {
    const note = "there is no changelog among the files; tags and releases of a forge are none";
    return { outcome: "unmet", places: [], note };
  }
  const { place, isFile, hasEntries } = changelog;
  if (!hasEntries) return { outcome: "near", places: [place], note: "it has no entry" };
  return isFile
    ? { outcome: "met", places: [place] }
    : { outcome: "variant", places: [place], note: "it is a section of the README" };
}
