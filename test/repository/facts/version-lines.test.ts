import { describe, expect, it } from "vitest";
import { factsOf, type Texts } from "../facts-of.ts";

describe("version lines", () => {
  const cases: readonly (readonly [string, Texts, readonly string[]])[] = [
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
      "a volume that looks like an image",
      { "compose.yaml": "volumes:\n  - /srv/mattermost/mattermost:/opt/mattermost/data\n" },
      [],
    ],
    [
      "an image of their own with a revision behind",
      { "compose.yaml": "image: example/mattermost:11.7.9-2\n" },
      ["11.7.9"],
    ],
    [
      "a short name",
      { Dockerfile: "FROM debian:12\nENV LANG=C.UTF-8 \\\n    MATTERMOST_VER=11.7.9\n" },
      ["11.7.9"],
    ],
    [
      "a script that fetches its version",
      {
        "install.sh":
          'VERSION="11.7.9"\nwget "https://releases.mattermost.com/$VERSION/x.tar.gz"\n',
      },
      ["11.7.9"],
    ],
    [
      "the version of a script itself",
      { "mattermost-update.sh": '#!/bin/sh\n# Mattermost updates\nVERSION="2.0.2"\n' },
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
