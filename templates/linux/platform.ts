import { releaseLines, releasesKnownOn } from "../../generators/_core/mattermost/releases.ts";
import { definePlatform } from "../../generators/_core/project/platform.ts";

/** One Linux machine: the release archive under systemd, behind nginx, with PostgreSQL. */
export default definePlatform({
  id: "linux",
  title: "Linux",
  summary: "one machine: release archive, systemd, nginx and PostgreSQL",
  solutionName: "Linux deployment solution",
  systems: [
    "ubuntu-22.04",
    "ubuntu-24.04",
    "debian-12",
    "rhel-9",
    "oracle-linux-9",
    "centos-stream-9",
    "amazon-linux-2023",
    "scientific-linux-7",
    "rocky-linux-9",
    "almalinux-9",
    "debian-13",
    "ubuntu-26.04",
    "rhel-10",
    "fedora",
  ],
  defaultSystems: ["ubuntu-22.04", "ubuntu-24.04", "debian-12", "rhel-9"],
  questions: [],
  versionLine: { path: "release.conf", variable: "MATTERMOST_VERSION" },
  localPaths: ["/settings.conf"],
  commands: {
    install: [
      "install -m 0600 settings.conf.example settings.conf && ${EDITOR:-vi} settings.conf",
      "sudo bin/install",
    ],
    upgrade: "sudo bin/upgrade",
    backup: "sudo bin/backup",
    restore: "sudo bin/restore --latest",
  },
  unofficialOptions: () => ["servers with an ARM processor (arm64)"],
  view: (project) => ({
    machines: project.systems.map((system) => ({
      release: system.releaseId,
      version: system.releaseVersion,
      family: system.family,
      standing: system.standing,
      title: system.title,
    })),
    rhelFamily: project.systems.some((system) => system.family === "rhel"),
    releasesKnownOn,
    releases: releaseLines.map(({ line, latest, kind, supportEnds }) => ({
      line,
      patch: latest.slice(line.length + 1),
      kind,
      supportEnds,
    })),
    needsExternalDatabase: project.systems.some((system) => system.id === "scientific-linux-7"),
  }),
  omits: (project) =>
    project.upgrade ? [] : ["bin/upgrade", "bin/rollback", "lib/targets.sh", "lib/undo.sh"],
});
