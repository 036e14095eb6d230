import { describe, expect, it } from "vitest";
import { factsOf, type Texts } from "../facts-of.ts";

describe("upgrades", () => {
  const script =
    "#!/bin/sh\nsystemctl stop mattermost\npg_dump mattermost >backup.sql\ncp -a config data backup/\nsystemctl start mattermost\n";
  const cases: readonly (readonly [string, Texts, string | undefined])[] = [
    [
      "a script under its heading",
      { "README.md": "## Upgrading\n\n```sh\nsudo ./upgrade.sh\n```\n", "upgrade.sh": script },
      "upgrade.sh",
    ],
    [
      "a script in a sentence",
      { "README.md": "## Update\n\nRun `scripts/update`.\n", "scripts/update": script },
      "scripts/update",
    ],
    [
      "a target of a Makefile",
      {
        "README.md": "## Upgrade\n\n    make upgrade\n",
        Makefile: "all:\n\ttrue\nupgrade:\n\tcp -a config data backup/\n",
      },
      "Makefile",
    ],
    [
      "commands of other tools",
      { "README.md": "## Upgrade\n\n```sh\nhelm upgrade chat .\n```\n" },
      "",
    ],
    [
      "another version that is declared",
      {
        "README.md":
          "## Upgrading Mattermost\n\n```puppet\nclass { 'mattermost':\n  version => '11.7.9',\n}\n```\n",
      },
      "",
    ],
    [
      "a heading with a comment beneath",
      { "README.md": "## Upgrade\n\n<!-- bin/upgrade -->\n", "bin/upgrade": script },
      undefined,
    ],
    [
      "a script that is another",
      { "README.md": "## Upgrade\n\n```sh\nbin/backup\nbin/upgrade\n```\n", "bin/backup": script },
      undefined,
    ],
    [
      "making a script executable",
      {
        "README.md":
          "# Chat update\n\n```sh\nchmod +x update.sh\n```\n\n## To do\n\nA timer that calls update.sh.\n",
        "update.sh": script,
      },
      undefined,
    ],
    [
      "a header of a proxy",
      { "README.md": "## Proxy\n\n```\nproxy_set_header Upgrade $http_upgrade;\n```\n" },
      undefined,
    ],
    [
      "packages of the system",
      {
        "README.md":
          "## Install\n\n```sh\napt upgrade\n```\n\n## Unattended upgrades\n\n```sh\napt install unattended-upgrades\n```\n",
      },
      undefined,
    ],
    [
      "a wish",
      { "README.md": "## To do\n\n### Upgrade\n\n```sh\ndocker compose pull\n```\n" },
      undefined,
    ],
    [
      "the upgrade of a database",
      { "README.md": "## Upgrade PostgreSQL\n\n```sh\n./upgrade.sh\n```\n", "upgrade.sh": script },
      undefined,
    ],
  ];
  it.for(cases)("are found in %s", async ([, files, path]) => {
    const { upgrade } = await factsOf(files);
    const [way] = upgrade.ways;
    expect(way === undefined ? undefined : (way.script?.path ?? "")).toBe(path);
  });

  it.for(["Helm does not upgrade resource definitions.", "Do not upgrade without a backup."])(
    "are not denied by: %s",
    async (text) => {
      expect((await factsOf({ "README.md": `# A\n\n${text}\n` })).upgrade.denial).toBeUndefined();
    },
  );

  it("are denied in words", async () => {
    const { upgrade } = await factsOf({
      "README.md": "# A\n\nThis role does not support upgrades.\n",
    });
    expect(upgrade.denial).toMatchObject({ path: "README.md", line: 3 });
  });
});
