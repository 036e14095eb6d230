import { defineRequirement, type Files } from "../requirement.ts";
import { upgradeScript } from "../upgrade-script.ts";

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
  evidence: { kind: "files", isMet: followsProcedure },
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
            "systemctl stop mattermost\npg_dump mattermost\ncp -a config data backup/\nsystemctl start mattermost\n",
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

const steps = [/pg_dump/, /\bconfig\b/, /\bdata\b/, /\b(start|up)\b/];

function followsProcedure(files: Files): boolean {
  const script = upgradeScript(files);
  if (!script) return false;
  const libraries = [...files].filter(([path]) => /^lib\/.*\.sh$/.test(path));
  const text = [script.text, ...libraries.map(([, library]) => library)].join("\n");
  return steps.every((step) => step.test(text));
}
