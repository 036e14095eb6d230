import { defineRequirement, type Files } from "../requirement.ts";

/** A changelog that is kept: named in the program's prose on Registered solutions. */
export default defineRequirement({
  id: "changelog",
  tier: "registered",
  title: "A changelog is maintained",
  source: "Registered Deployment Solutions",
  evidence: { kind: "files", isMet: hasEntries },
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

function hasEntries(files: Files): boolean {
  const text = files.get("CHANGELOG.md") ?? "";
  return /^## .+\n[\s\S]*^[-*] \S/m.test(text);
}
