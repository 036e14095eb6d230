import { escapeMarkdown } from "../markdown.ts";
import { defineRequirement, type Files } from "../requirement.ts";
import type { Solution } from "../solution.ts";

/** Whatever Mattermost does not officially support is named as such in the README. */
export default defineRequirement({
  id: "documentation-unofficial-options",
  tier: "community",
  title: "README documents the unofficial deployment options",
  source: "Documentation",
  evidence: { kind: "files", isMet },
  advice:
    'Name each unofficial system or option under a heading "Unofficial options" in the README.',
  appliesTo: (solution) => unofficial(solution).length > 0,
  readme: {
    section: "systems",
    markdown: (solution) =>
      [
        "### Unofficial options",
        "",
        "Mattermost does not officially support the following; use them at your own risk:",
        "",
        ...unofficial(solution).map((option) => `- ${escapeMarkdown(option)}`),
      ].join("\n"),
  },
  examples: {
    met: [
      {
        title: "the option under its heading",
        files: { "README.md": "# Example\n\n### Unofficial options\n\n- arm64 machines\n" },
        solution: { unofficialOptions: ["arm64 machines"] },
      },
    ],
    unmet: [
      {
        title: "an empty repository",
        files: {},
        solution: { unofficialOptions: ["arm64 machines"] },
      },
      {
        title: "the option without a word about its standing",
        files: { "README.md": "# Example\n\nInstalls on arm64 machines.\n" },
        solution: { unofficialOptions: ["arm64 machines"] },
      },
    ],
  },
});

/** Everything unofficial about a solution: systems first, then other options. */
function unofficial({ systems, unofficialOptions }: Solution): readonly string[] {
  const titles = systems.filter(({ standing }) => standing === "unofficial");
  return [...titles.map(({ title }) => title), ...unofficialOptions];
}

function isMet(files: Files, solution: Solution): boolean {
  const readme = files.get("README.md") ?? "";
  const section = /^#+ .*unofficial.*$([\s\S]*?)(?=^#{1,2} |(?![\s\S]))/im.exec(readme)?.[1] ?? "";
  return unofficial(solution).every((option) => section.includes(escapeMarkdown(option)));
}
