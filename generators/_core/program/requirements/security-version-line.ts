import { defineRequirement, type Files } from "../requirement.ts";

/** Following a security update is a change of one line: one place sets the server version. */
export default defineRequirement({
  id: "security-version-line",
  tier: "registered",
  title: "One line sets the server version",
  source: "Security updates",
  evidence: { kind: "files", isMet: (files) => versionLines(files).length === 1 },
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

const versionSetter =
  /MATTERMOST_VERSION\W{1,4}\d+\.\d+\.\d+|mattermost\/mattermost-\S*:\d+\.\d+\.\d+|releases\.mattermost\.com\/\d+\.\d+\.\d+/;

function versionLines(files: Files): readonly string[] {
  return [...files]
    .filter(([path]) => !/\.(md|rst|adoc|txt)$/i.test(path))
    .flatMap(([path, text]) =>
      text
        .split("\n")
        .filter((line) => versionSetter.test(line) && !/^\s*(#|\/\/)/.test(line))
        .map((line) => `${path}: ${line}`),
    );
}
