import type { OperatingSystem } from "../../mattermost/operating-systems.ts";
import { escapeMarkdown } from "../markdown.ts";
import type { Facts, Finding, Place } from "../facts.ts";
import { defineRequirement } from "../requirement.ts";
import type { Subject } from "../subject.ts";

/** Whatever Mattermost does not officially support is named as such in the README. */
export default defineRequirement({
  id: "documentation-unofficial-options",
  tier: "community",
  title: "README documents the unofficial deployment options",
  source: "Documentation",
  evidence: { kind: "files", probe, isRendered: () => true },
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
function unofficial({ systems, unofficialOptions }: Subject): readonly string[] {
  const titles = systems.filter(({ standing }) => standing === "unofficial");
  return [...titles.map(({ title }) => title), ...unofficialOptions];
}

function probe(facts: Facts, subject: Subject): Finding {
  const told = unofficial(subject).map((title) => placesOf(title, facts));
  const marked = told.flatMap(({ marked: places }) => places);
  if (told.every(({ marked: places }) => places.length > 0))
    return { outcome: "met", places: marked };
  const plain = told.flatMap(({ marked: places, plain: others }) =>
    places.length > 0 ? [] : others,
  );
  const missing = unofficial(subject).filter((_, index) => told[index]?.marked.length === 0);
  const note = `the README does not say that ${missing.join(", ")} is not officially supported`;
  return { outcome: plain.length > 0 ? "near" : "unmet", places: plain, note };
}

/** Where the documents speak of an option, as unofficial and without a word on that. */
function placesOf(
  title: string,
  { systems, unofficialOptions }: Facts,
): { readonly marked: readonly Place[]; readonly plain: readonly Place[] } {
  const named = systems
    .filter(({ system, isDocumented }) => isDocumented && isNamed(system, title))
    .map(({ place, isMarkedUnofficial }) => ({ place, isMarked: isMarkedUnofficial }));
  const chosen = unofficialOptions.filter((option) => isSame(option.title, title));
  const all = [...named, ...chosen];
  return {
    marked: all.filter(({ isMarked }) => isMarked).map(({ place }) => place),
    plain: all.filter(({ isMarked }) => !isMarked).map(({ place }) => place),
  };
}

/** `Rocky Linux` speaks of `Rocky Linux 9`. */
function isNamed(system: OperatingSystem, title: string): boolean {
  return (
    system.title === title || (system.id === system.releaseId && title.startsWith(system.title))
  );
}

/** `servers with an ARM processor (arm64)` speaks of `arm64`. */
function isSame(found: string, title: string): boolean {
  return title.toLowerCase().includes(found.toLowerCase());
}
