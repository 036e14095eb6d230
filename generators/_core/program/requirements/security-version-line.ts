import type { Facts, Finding, VersionLine } from "../facts.ts";
import { defineRequirement } from "../requirement.ts";

/** Following a security update is a change of one line: one place sets the server version. */
export default defineRequirement({
  id: "security-version-line",
  tier: "registered",
  title: "One line sets the server version",
  source: "Security updates",
  evidence: { kind: "files", probe, isRendered: () => true },
  advice:
    "Set the exact server version (X.Y.Z) in one line of one file, and read it everywhere else.",
  appliesTo: () => true,
  examples: {
    met: [
      { title: "one variable", files: { "release.conf": "MATTERMOST_VERSION=11.7.9\n" } },
      {
        title: "one image",
        files: {
          "compose.yaml":
            "image: mattermost/mattermost-team-edition:${MATTERMOST_VERSION:-11.7.9}\n",
        },
      },
    ],
    unmet: [
      { title: "an empty repository", files: {} },
      {
        title: "two places",
        files: {
          "release.conf": "MATTERMOST_VERSION=11.7.9\n",
          "compose.yaml": "image: mattermost/mattermost-team-edition:11.7.9\n",
        },
      },
      {
        title: "a floating tag",
        files: { "compose.yaml": "image: mattermost/mattermost-team-edition:latest\n" },
      },
    ],
  },
});

/** Lines so near to each other that whoever changes one sees the other. */
const neighbourhood = 6;

function probe({ versionLines }: Facts): Finding {
  const exact = versionLines.filter(({ isExact }) => isExact);
  const [first, ...others] = exact;
  if (!first) {
    const floating = versionLines.map(({ version }) => version).join(", ");
    const note = floating === "" ? "no line sets a version" : `${floating} is no exact version`;
    return { outcome: "unmet", places: versionLines, note };
  }
  if (others.length === 0) return { outcome: "met", places: [first] };
  if (others.every((line) => isNeighbour(first, line))) {
    return { outcome: "variant", places: exact, note: "the version stands in lines side by side" };
  }
  return { outcome: "unmet", places: exact, note: `${exact.length} lines set the version` };
}

function isNeighbour(one: VersionLine, other: VersionLine): boolean {
  const isClose = Math.abs(one.line - other.line) <= neighbourhood;
  return isClose && one.path === other.path && one.version === other.version;
}
