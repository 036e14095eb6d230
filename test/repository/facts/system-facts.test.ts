import { describe, expect, it } from "vitest";
import { factsOf, type Texts } from "../facts-of.ts";

describe("systems", () => {
  const cases: readonly (readonly [string, Texts, readonly string[]])[] = [
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
      "names without a space before the release",
      { "README.md": "# A\n\n| System | CentOS7.x, Ubuntu20.04, Amazon Linux2 |\n| --- | --- |\n" },
      ["centos-7", "ubuntu-20.04", "amzn-2"],
    ],
    [
      "names with marks of footnotes",
      {
        "README.md": "# A\n\n## Platforms\n\n- Debian 12<sup>1</sup>\n- RockyLinux 9<sup>1</sup>\n",
      },
      ["debian-12", "rocky-linux-9"],
    ],
    [
      "a system that another one is compared with",
      {
        "README.md":
          "# A\n\nFor Debian 12. The kernel is older than the one provided on Arch Linux.\n",
      },
      ["debian-12"],
    ],
    [
      "a name without a release beside exact ones",
      { "README.md": "# A\n\n## Supported\n\n- Debian 10 (from a Debian image)\n- Debian 12\n" },
      ["debian-10", "debian-12"],
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
