import type { OperatingSystem } from "../../mattermost/operating-systems.ts";
import type { Facts, Finding } from "../facts.ts";
import { defineRequirement } from "../requirement.ts";
import type { Subject } from "../subject.ts";

const installer = {
  "install.sh":
    "curl -O https://releases.mattermost.com/11.7.9/mattermost-team-11.7.9-linux-amd64.tar.gz\n",
};
/** Platforms whose containers are supported on any Linux. */
const containers = ["docker", "kubernetes", "nomad"];
/** Platforms that are none of Mattermost's, whatever runs below them. */
const unofficialPlatforms = ["heroku", "nix", "arch-package"];

/** The systems that a solution installs on are ones that Mattermost supports. */
export default defineRequirement({
  id: "installation-platform",
  tier: "community",
  title: "Installation is designed for officially supported operating systems and platforms",
  source: "Installation",
  evidence: {
    kind: "files",
    probe,
    isRendered: ({ systems }) => systems.some(isAccepted),
  },
  advice: "Support one of the official systems, such as Ubuntu 24.04 LTS or Debian 12.",
  appliesTo: () => true,
  examples: {
    met: [{ title: "an official system", files: { "README.md": "# Example\n", ...installer } }],
    unmet: [
      { title: "an empty repository", files: {} },
      {
        title: "an official system, and nothing that installs",
        files: { "README.md": "# Example for Ubuntu 24.04\n" },
      },
      {
        title: "an unofficial system alone",
        files: { "README.md": "# Example\n", ...installer },
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

function probe({ platform, systems: named }: Facts, { systems }: Subject): Finding {
  if (!platform) return { outcome: "unmet", places: [], note: "nothing here installs the server" };
  const accepted = systems.filter(isAccepted);
  const old = named.filter(({ isOutdated }) => isOutdated);
  const current = accepted.filter(({ title }) => !old.some(({ system }) => system.title === title));
  if (current.length > 0) {
    const places = named.filter(({ system }) =>
      current.some(({ title }) => title === system.title),
    );
    return { outcome: "met", places: [platform.place, ...places.map(({ place }) => place)] };
  }
  if (accepted.length > 0) {
    const note = `Mattermost lists these releases no more: ${titlesOf(accepted)}`;
    return { outcome: "near", places: old.map(({ place }) => place), note };
  }
  if (systems.length === 0 && unofficialPlatforms.includes(platform.id)) {
    const note = `${platform.id} is no officially supported platform`;
    return { outcome: "unmet", places: [platform.place], note };
  }
  if (systems.length === 0 && containers.includes(platform.id)) {
    return { outcome: "met", places: [platform.place] };
  }
  if (systems.length === 0) {
    const note = "neither the README nor metadata name a system";
    return { outcome: "near", places: [platform.place], note };
  }
  const note = `no official system among ${titlesOf(systems)}`;
  return { outcome: "unmet", places: named.map(({ place }) => place), note };
}

function isAccepted({ standing }: OperatingSystem): boolean {
  return standing !== "unofficial";
}

function titlesOf(systems: readonly OperatingSystem[]): string {
  return [...new Set(systems.map(({ title }) => title))].join(", ");
}
