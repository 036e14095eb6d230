import { defineRequirement } from "../requirement.ts";

/** The systems that a solution installs on are ones that Mattermost supports. */
export default defineRequirement({
  id: "installation-platform",
  tier: "community",
  title: "Installation is designed for officially supported operating systems and platforms",
  source: "Installation",
  evidence: {
    kind: "files",
    isMet: (files, { systems }) =>
      files.size > 0 && systems.some(({ standing }) => standing !== "unofficial"),
  },
  advice: "Support one of the official systems, such as Ubuntu 24.04 LTS or Debian 12.",
  appliesTo: () => true,
  examples: {
    met: [{ title: "an official system", files: { "README.md": "# Example\n" } }],
    unmet: [
      { title: "an empty repository", files: {} },
      {
        title: "an unofficial system alone",
        files: { "README.md": "# Example\n" },
        solution: {
          systems: [
            {
              id: "arch-linux",
              title: "Arch Linux",
              family: "arch",
              releaseId: "arch",
              releaseVersion: "",
              standing: "unofficial",
            },
          ],
        },
      },
    ],
  },
});
