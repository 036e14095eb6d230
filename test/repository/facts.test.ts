import { describe, expect, it } from "vitest";
import { brandOf } from "../../generators/_core/repository/brand-of.ts";
import { findDocuments } from "../../generators/_core/repository/find-documents.ts";
import { gatherFacts } from "../../generators/_core/repository/gather-facts.ts";
import { snapshotOf } from "../../generators/_core/repository/snapshot.ts";

type Files = Readonly<Record<string, string>>;

describe("version lines", () => {
  const cases: readonly (readonly [string, Files, readonly string[]])[] = [
    [
      "an image",
      { "compose.yaml": "image: mattermost/mattermost-team-edition:11.7.9\n" },
      ["11.7.9"],
    ],
    [
      "an image with a digest",
      {
        "compose.yaml": `image: mattermost/mattermost-enterprise-edition:11.7.9@sha256:${"0".repeat(64)}\n`,
      },
      ["11.7.9"],
    ],
    [
      "a default of a variable",
      { "compose.yaml": "image: mattermost/mattermost-team-edition:${VERSION:-11.7.9}\n" },
      ["11.7.9"],
    ],
    [
      "a reference",
      { "compose.yaml": "image: mattermost/mattermost-team-edition:${VERSION}\n" },
      [],
    ],
    [
      "an image without a tag",
      { "compose.yaml": "image: mattermost/mattermost-team-edition\n" },
      ["latest"],
    ],
    [
      "a floating tag",
      { "compose.yaml": "image: mattermost/mattermost-team-edition:release-11\n" },
      ["release-11"],
    ],
    [
      "a line that is commented out above the live one",
      { ".env": "#MATTERMOST_IMAGE_TAG=10.5.2\nMATTERMOST_IMAGE_TAG=11.7.9\n" },
      ["11.7.9"],
    ],
    [
      "an archive's address",
      {
        "install.sh":
          "curl -O https://releases.mattermost.com/11.7.9/mattermost-team-11.7.9-linux-amd64.tar.gz\n",
      },
      ["11.7.9"],
    ],
    [
      "a Puppet variable",
      { "manifests/params.pp": "class mattermost::params {\n  $version = '11.7.9'\n}\n" },
      ["11.7.9"],
    ],
    [
      "an Ansible default",
      { "defaults/main.yml": "mattermost_version: 11.7.9\npostgresql_version: 14.1.2\n" },
      ["11.7.9"],
    ],
    [
      "a chart's application and tag",
      {
        "charts/mattermost/Chart.yaml": "name: mattermost\nversion: 1.2.3\nappVersion: 11.7.9\n",
        "charts/mattermost/values.yaml":
          "image:\n  repository: mattermost/mattermost-team-edition\n  tag: 11.7.9\n",
      },
      ["11.7.9", "11.7.9"],
    ],
    ["a build argument", { Dockerfile: "FROM debian:12\nARG MM_VERSION=11.7.9\n" }, ["11.7.9"]],
    [
      "prose, tests and workflows",
      {
        "README.md": "MATTERMOST_VERSION=11.7.9\n",
        "test/a.sh": "MATTERMOST_VERSION=11.7.9\n",
        ".github/workflows/ci.yml": "MATTERMOST_VERSION: 11.7.9\n",
      },
      [],
    ],
    [
      "what stands beside the server",
      {
        "values.yaml":
          "image: mattermost/mattermost-push-proxy:6.3.0\noperator: mattermost/mattermost-operator:1.22.0\n",
      },
      [],
    ],
    [
      "a module's own version",
      { "metadata.json": '{"name": "example-mattermost", "version": "1.2.3"}\n' },
      [],
    ],
  ];
  it.for(cases)("are found in %s", async ([, files, versions]) => {
    const { versionLines } = await factsOf(files);
    expect(versionLines.map(({ version }) => version)).toEqual(versions);
  });
});

describe("the changelog", () => {
  const cases: readonly (readonly [string, Files, string | undefined])[] = [
    [
      "Keep a Changelog",
      {
        "CHANGELOG.md":
          "# Changelog\n\n## [1.1.0] - 2026-01-02\n\n- Mattermost 11.7.9\n\n## 1.0.0\n\n- First\n",
      },
      "11.7.9",
    ],
    [
      "Debian stanzas",
      {
        "debian/changelog":
          "mattermost (11.7.9-1) stable; urgency=low\n\n  * New upstream release\n\n -- Example Org <a@example.org>  Mon, 01 Jan 2026\n",
      },
      "11.7.9",
    ],
    [
      "reStructuredText",
      { "docs/changelog.rst": "Changelog\n=========\n\n1.1.0\n-----\n\n* Mattermost 11.7.9\n" },
      "11.7.9",
    ],
    [
      "History",
      { "History.md": "1.1.0 / 2026-01-02\n==================\n\n * Mattermost 11.7.9\n" },
      "11.7.9",
    ],
    [
      "one line an entry",
      { CHANGES: "2026-Jan-02 - example - updated to Mattermost 11.7.9\n" },
      "11.7.9",
    ],
    [
      "a section of the README",
      { "README.md": "# Chat\n\n## Changelog\n\n- 1.1.0: Mattermost 11.7.9\n- 1.0.0: first\n" },
      "11.7.9",
    ],
    ["a heading alone", { "CHANGELOG.md": "# Changelog\n\n## 1.0.0\n" }, undefined],
    [
      "a file of that name about something else",
      { "CHANGELOG.md": "See the releases page.\n" },
      undefined,
    ],
  ];
  it.for(cases)("is read as %s", async ([, files, words]) => {
    const { changelog } = await factsOf(files);
    expect(changelog?.hasEntries).toBe(words !== undefined);
    if (words !== undefined) expect(changelog?.newest).toContain(words);
  });
});

describe("systems", () => {
  const cases: readonly (readonly [string, Files, readonly string[]])[] = [
    [
      "a list under its heading",
      {
        "README.md":
          "# A\n\nLike Fedora's.\n\n## Supported systems\n\n- Ubuntu 22.04 and 24.04 LTS\n- Debian 12 (bookworm)\n- RHEL 9\n",
      },
      ["ubuntu-22.04", "ubuntu-24.04", "debian-12", "rhel-9"],
    ],
    [
      "prose where no section speaks of them",
      { "README.md": "# A\n\nFor CentOS 7 hosts.\n" },
      ["centos-7"],
    ],
    [
      "what is not supported",
      { "README.md": "# A\n\nRuns on Debian 12. Ubuntu is not supported.\n" },
      ["debian-12"],
    ],
    [
      "a comparison",
      {
        "README.md":
          "# A\n\nOracle Linux 9 as an equivalent to the officially supported version of Red Hat Enterprise Linux.\n",
      },
      ["oracle-linux-9"],
    ],
    [
      "metadata of Puppet",
      {
        "metadata.json":
          '{"operatingsystem_support": [{"operatingsystem": "RedHat", "operatingsystemrelease": ["8", "9"]}, {"operatingsystem": "Ubuntu"}]}',
      },
      ["rhel-8", "rhel-9", "ubuntu"],
    ],
    [
      "metadata of Ansible",
      {
        "meta/main.yml":
          "galaxy_info:\n  platforms:\n    - name: Ubuntu\n      versions:\n        - jammy\n        - yakkety\n    - name: EL\n      versions: [9]\n  galaxy_tags: [chat]\n",
      },
      ["ubuntu-22.04", "ubuntu-yakkety", "rhel-9"],
    ],
  ];
  it.for(cases)("are found in %s", async ([, files, ids]) => {
    const { systems } = await factsOf(files);
    expect([...new Set(systems.map(({ system }) => system.id))].toSorted()).toEqual(ids.toSorted());
  });

  it("stand with Mattermost by their release", async () => {
    const { systems } = await factsOf({
      "README.md": "# A\n\nUbuntu 24.04, Ubuntu 16.04, Debian 13, Rocky Linux 9, CentOS 7\n",
    });
    expect(
      systems.map(({ system, isOutdated }) => [system.title, system.standing, isOutdated]),
    ).toEqual(
      expect.arrayContaining([
        ["Ubuntu 24.04 LTS", "official", false],
        ["Ubuntu 16.04", "official", true],
        ["Debian 13", "unofficial", false],
        ["Rocky Linux 9", "unofficial", false],
        ["CentOS 7", "equivalent", true],
      ]),
    );
  });
});

describe("upgrades", () => {
  const script =
    "#!/bin/sh\nsystemctl stop mattermost\npg_dump mattermost >backup.sql\ncp -a config data backup/\nsystemctl start mattermost\n";
  const cases: readonly (readonly [string, Files, string | undefined])[] = [
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

  it("are denied in words", async () => {
    const { upgrade } = await factsOf({
      "README.md": "# A\n\nThis role does not support upgrades.\n",
    });
    expect(upgrade.denial).toMatchObject({ path: "README.md", line: 3 });
  });

  it("keep what the procedure keeps, where the script or its parts say so", async () => {
    const readme = "## Upgrade\n\n```sh\nbin/upgrade\n```\n";
    const whole = await factsOf({ "README.md": readme, "bin/upgrade": script });
    expect(Object.keys(whole.upgrade.steps).toSorted()).toEqual([
      "configuration",
      "data",
      "database",
      "start",
    ]);
    const parts = await factsOf({
      "README.md": readme,
      "bin/upgrade": "#!/bin/sh\n. lib/keep.sh\ndocker compose up -d\n",
      "lib/keep.sh": "pg_dump x\ntar -cf backup.tar config data\n",
    });
    expect(Object.keys(parts.upgrade.steps).toSorted()).toEqual([
      "configuration",
      "data",
      "database",
      "start",
    ]);
    const careless = await factsOf({
      "README.md": readme,
      "bin/upgrade":
        "#!/bin/sh\n# pg_dump, cp config data\ndocker compose pull\ndocker compose up -d\n",
    });
    expect(Object.keys(careless.upgrade.steps)).toEqual(["start"]);
  });
});

describe("platforms", () => {
  it.for([
    [
      "docker",
      {
        "compose.yaml": "services:\n  app:\n    image: mattermost/mattermost-team-edition:11.7.9\n",
      },
    ],
    ["kubernetes", { "charts/chat/Chart.yaml": "name: mattermost\n" }],
    ["ansible", { "tasks/main.yml": "- name: Install mattermost\n" }],
    ["puppet", { "manifests/init.pp": "class mattermost {}\n" }],
    ["heroku", { "app.json": '{"name": "mattermost"}' }],
    ["linux", { install: "wget https://releases.mattermost.com/11.7.9/mattermost.tar.gz\n" }],
    ["yunohost", { "manifest.toml": 'id = "mattermost"\n[integration]\nyunohost = ">= 12"\n' }],
    [undefined, { "bot.py": "print('mattermost')\n" }],
    [undefined, { "README.md": "docker run mattermost/mattermost-preview\n" }],
  ] as const)("%s is told by its files", async ([id, files]) => {
    expect((await factsOf(files)).platform?.id).toBe(id);
  });
});

describe("what to warn of", () => {
  it("are passwords that everybody knows", async () => {
    const { defaultPasswords } = await factsOf({
      ".env":
        "POSTGRES_PASSWORD=mmuser_password\n#DB_PASSWORD=password\nMM_PASSWORD=${MM_PASSWORD}\nADMIN_PASSWORD=\n",
      "config.json": '{"DataSource": "postgres://mmuser:mostest@db/mattermost"}\n',
      "install.sh": 'fail "expected postgres://USER:PASSWORD@HOST"\n',
      "README.md": "POSTGRES_PASSWORD=mmuser_password\n",
    });
    expect(defaultPasswords.map(({ path, line }) => `${path}:${line}`)).toEqual([
      ".env:1",
      "config.json:1",
    ]);
  });

  it("are notices of security fixes that are turned off", async () => {
    const { silencedAlerts } = await factsOf({
      "config.json": '{"ServiceSettings": {\n"EnableSecurityFixAlert": false}}\n',
      ".env": "MM_SERVICESETTINGS_ENABLESECURITYFIXALERT=true\n",
    });
    expect(silencedAlerts.map(({ path, line }) => `${path}:${line}`)).toEqual(["config.json:2"]);
  });

  it.for([
    [
      "a lock",
      '{"schemaVersion": 1, "generator": "0.1.0", "program": "2025-07-31"}',
      { generator: "0.1.0", program: "2025-07-31" },
    ],
    ["a hostile lock", "[".repeat(200_000), undefined],
    ["a lock of nothing", '{"generator": {"__proto__": 1}}', undefined],
  ] as const)("reads %s", async ([, text, expected]) => {
    const { lock } = await factsOf({ ".mattermost-deployment/lock.json": text });
    if (expected === undefined) expect(lock).toBeUndefined();
    else expect(lock).toMatchObject(expected);
  });
});

describe("documents", () => {
  it.for([
    ["the root", { "README.md": "a", "docs/README.md": "b" }, ["README.md", "docs/README.md"]],
    ["another case and format", { "readme.rst": "a" }, ["readme.rst"]],
    ["docs/ alone", { "docs/README.adoc": "a" }, ["docs/README.adoc"]],
    [
      "a chart",
      { "charts/chat/README.md": "a", "charts/chat/sub/README.md": "b" },
      ["charts/chat/README.md"],
    ],
    ["several languages", { "README.md": "a", "README.de.md": "b" }, ["README.de.md", "README.md"]],
    [
      "a file that the README links to",
      {
        "README.md": "[install](docs/install.md#top)",
        "docs/install.md": "b",
        "docs/other.md": "c",
      },
      ["README.md", "docs/install.md"],
    ],
    [
      "no link out of the repository",
      {
        "docs/README.md":
          "[a](../../etc/passwd.md) [b](https://example.org/b.md) [c](//example.org/c.md)",
        "etc/passwd.md": "x",
      },
      ["docs/README.md"],
    ],
  ] as const)("are found in %s", async ([, files, paths]) => {
    const { read } = await findDocuments(snapshotOf(new Map(Object.entries(files))));
    expect(read.map(({ path }) => path).toSorted()).toEqual([...paths].toSorted());
  });
});

async function factsOf(files: Files) {
  const snapshot = snapshotOf(new Map(Object.entries(files)));
  return gatherFacts(snapshot, await findDocuments(snapshot));
}

describe("the name of a solution", () => {
  const link = "[Mattermost branding guidelines](https://www.mattermost.org/brand-guidelines/)";
  it.for([
    [
      "the program's sentence",
      `The name for this deployment solution in the context of ${link} is \`Chat for Mattermost by Example Org\`.`,
      { name: "Chat", creator: "Example Org" },
    ],
    [
      "a heading of its form",
      "# Chat role for Mattermost by Example Org",
      { name: "Chat role", creator: "Example Org" },
    ],
    ["no prose", "This was made for Mattermost by somebody.", undefined],
    [
      "no placeholder",
      `The name for this deployment solution in the context of ${link} is \`[NAME] for Mattermost by [CREATOR]\`.`,
      undefined,
    ],
  ] as const)("is read from %s", async ([, readme, brand]) => {
    const documents = await findDocuments(snapshotOf(new Map([["README.md", `${readme}\n`]])));
    expect(brandOf(documents)).toEqual(brand);
  });
});
