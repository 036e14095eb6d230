/** An operating system that a deployment can be for, and how Mattermost sees it. */
export interface OperatingSystem {
  readonly id: string;
  /** The name as it stands in a sentence: `Oracle Linux 9`. */
  readonly title: string;
  readonly family: "debian" | "rhel" | "arch";
  /** `VERSION_CODENAME` of its os-release, where it has one. */
  readonly codename?: string;
  /** `ID` of its `/etc/os-release`. */
  readonly releaseId: string;
  /** How its `VERSION_ID` begins; empty for a rolling release. */
  readonly releaseVersion: string;
  /** `equivalent`: acceptable in place of Red Hat Enterprise Linux, with the program's sentence. */
  readonly standing: "official" | "equivalent" | "unofficial";
  /** The first server version (`X.Y.Z`) that no longer runs there. */
  readonly droppedIn?: string;
}

/**
 * The systems, official ones first.
 *
 * The list of equivalents to Red Hat Enterprise Linux is closed (CentOS, Amazon Linux, Oracle Linux,
 * Scientific Linux); Rocky Linux and AlmaLinux are in no list of Mattermost's.
 *
 * @see https://docs.mattermost.com/deployment-guide/software-hardware-requirements.html and the
 * program's page, "Installation", as of 2026-08-21
 */
export const operatingSystems = [
  debian("ubuntu-22.04", "Ubuntu 22.04 LTS", "ubuntu", "22.04", "jammy", "official"),
  debian("ubuntu-24.04", "Ubuntu 24.04 LTS", "ubuntu", "24.04", "noble", "official"),
  debian("debian-12", "Debian 12", "debian", "12", "bookworm", "official"),
  rhel("rhel-9", "Red Hat Enterprise Linux 9", "rhel", "9", "official"),
  rhel("oracle-linux-9", "Oracle Linux 9", "ol", "9", "equivalent"),
  rhel("centos-stream-9", "CentOS Stream 9", "centos", "9", "equivalent"),
  rhel("amazon-linux-2023", "Amazon Linux 2023", "amzn", "2023", "equivalent"),
  {
    ...rhel("scientific-linux-7", "Scientific Linux 7", "scientific", "7", "equivalent"),
    droppedIn: "12.0.0",
  },
  rhel("rocky-linux-9", "Rocky Linux 9", "rocky", "9", "unofficial"),
  rhel("almalinux-9", "AlmaLinux 9", "almalinux", "9", "unofficial"),
  debian("debian-13", "Debian 13", "debian", "13", "trixie", "unofficial"),
  debian("ubuntu-26.04", "Ubuntu 26.04 LTS", "ubuntu", "26.04", "resolute", "unofficial"),
  rhel("rhel-10", "Red Hat Enterprise Linux 10", "rhel", "10", "unofficial"),
  rhel("fedora", "Fedora", "fedora", "", "unofficial"),
  {
    id: "arch-linux",
    title: "Arch Linux",
    family: "arch",
    releaseId: "arch",
    releaseVersion: "",
    standing: "unofficial",
  },
] as const satisfies readonly OperatingSystem[];

/** The ids of the systems. */
export type OperatingSystemId = (typeof operatingSystems)[number]["id"];

/** Finds a system by its id. */
export function findOperatingSystem(id: string): OperatingSystem | undefined {
  return operatingSystems.find((candidate) => candidate.id === id);
}

function debian<const Id extends string>(
  id: Id,
  title: string,
  releaseId: string,
  releaseVersion: string,
  codename: string,
  standing: OperatingSystem["standing"],
): OperatingSystem & { readonly id: Id } {
  return { id, title, family: "debian", releaseId, releaseVersion, codename, standing };
}

function rhel<const Id extends string>(
  id: Id,
  title: string,
  releaseId: string,
  releaseVersion: string,
  standing: OperatingSystem["standing"],
): OperatingSystem & { readonly id: Id } {
  return { id, title, family: "rhel", releaseId, releaseVersion, standing };
}
