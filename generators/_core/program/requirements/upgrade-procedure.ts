import type { Facts, Finding, UpgradeStep } from "../facts.ts";
import { defineRequirement } from "../requirement.ts";

/**
 * The upgrade keeps what the procedure for an embedded server keeps.
 *
 * @see https://developers.mattermost.com/integrate/faq/, "How should I automate the install and
 * upgrade of Mattermost when included in another application?"
 */
export default defineRequirement({
  id: "upgrade-procedure",
  tier: "certified",
  title: "The upgrade backs up configuration and data, replaces the server and starts it",
  source: "Upgrade",
  evidence: { kind: "files", probe, isRendered: ({ upgrade }) => upgrade },
  advice:
    "Let the upgrade back up config.json, the data and the database before it replaces the server.",
  appliesTo: () => true,
  examples: {
    met: [
      {
        title: "a script that does each step",
        files: {
          "README.md": "## Upgrade\n\n```sh\nbin/upgrade\n```\n",
          "bin/upgrade":
            "systemctl stop mattermost\npg_dump mattermost >backup/database.sql\ncp -a config data backup/\ntar -xzf mattermost.tar.gz -C /opt\ncp -a backup/config backup/data /opt/mattermost/\nsystemctl start mattermost\n",
        },
      },
    ],
    unmet: [
      { title: "an empty repository", files: {} },
      {
        title: "a script that keeps nothing",
        files: {
          "README.md": "## Upgrade\n\n```sh\nbin/upgrade\n```\n",
          "bin/upgrade": "docker compose pull\ndocker compose up -d\n",
        },
      },
    ],
  },
});

const steps: Readonly<Record<UpgradeStep, string>> = {
  configuration: "keeps config.json",
  data: "keeps the data",
  database: "keeps the database",
  replacement: "replaces the server",
  start: "starts the server",
};

function probe({ upgrade }: Facts): Finding {
  if (!upgrade.ways.some(({ script }) => script)) {
    return { outcome: "unmet", places: [], note: "there is no upgrade of its own to look at" };
  }
  const { steps: found, late, lost } = upgrade;
  const places = Object.values(found);
  const missing = Object.entries(steps).filter(([step]) => !(step in found) && !(step in late));
  const notes = [
    ...missing.map(([, what]) => `nothing ${what}`),
    ...Object.values(late).map(
      ({ path, line }) => `${path}:${line} keeps what was replaced before`,
    ),
    ...(lost ? [`${lost.path}:${lost.line} removes config.json, and nothing puts it back`] : []),
  ];
  if (notes.length === 0) return { outcome: "met", places };
  return { outcome: places.length > 1 ? "near" : "unmet", places, note: notes.join(", ") };
}
