import { operatingSystems, type OperatingSystem } from "../../mattermost/operating-systems.ts";

/** A system as it is written somewhere. */
export interface SystemName {
  readonly system: OperatingSystem;
  /** Where its name stands in the text. */
  readonly start: number;
  readonly end: number;
}

interface Family {
  readonly releaseId: string;
  readonly family: OperatingSystem["family"];
  readonly title: string;
  readonly name: string;
  /** How a release without a number, or of another number than the known ones, is seen. */
  readonly standing: OperatingSystem["standing"];
}

/** Names of systems as people write them. Releases that Mattermost lists come from the server's data. */
const families: readonly Family[] = [
  { releaseId: "ubuntu", family: "debian", title: "Ubuntu", name: "ubuntu", standing: "official" },
  {
    releaseId: "debian",
    family: "debian",
    title: "Debian",
    name: "debian(?! package)",
    standing: "official",
  },
  {
    releaseId: "rhel",
    family: "rhel",
    title: "Red Hat Enterprise Linux",
    name: "red ?hat(?: enterprise(?: linux)?)?|rhel",
    standing: "official",
  },
  {
    releaseId: "ol",
    family: "rhel",
    title: "Oracle Linux",
    name: "oracle ?linux",
    standing: "equivalent",
  },
  {
    releaseId: "centos",
    family: "rhel",
    title: "CentOS",
    name: "cent ?os(?: linux)?(?: stream)?",
    standing: "equivalent",
  },
  {
    releaseId: "amzn",
    family: "rhel",
    title: "Amazon Linux",
    name: "amazon ?linux",
    standing: "equivalent",
  },
  {
    releaseId: "scientific",
    family: "rhel",
    title: "Scientific Linux",
    name: "scientific(?: ?linux)",
    standing: "equivalent",
  },
  {
    releaseId: "rocky",
    family: "rhel",
    title: "Rocky Linux",
    name: "rocky(?: ?linux)?",
    standing: "unofficial",
  },
  {
    releaseId: "almalinux",
    family: "rhel",
    title: "AlmaLinux",
    name: "alma ?linux",
    standing: "unofficial",
  },
  { releaseId: "fedora", family: "rhel", title: "Fedora", name: "fedora", standing: "unofficial" },
  {
    releaseId: "arch",
    family: "arch",
    title: "Arch Linux",
    name: "arch ?linux",
    standing: "unofficial",
  },
  {
    releaseId: "freebsd",
    family: "debian",
    title: "FreeBSD",
    name: "free ?bsd",
    standing: "unofficial",
  },
  {
    releaseId: "opensuse",
    family: "rhel",
    title: "openSUSE",
    name: "open ?suse|\\bsles\\b|suse linux",
    standing: "unofficial",
  },
  {
    releaseId: "alpine",
    family: "debian",
    title: "Alpine Linux",
    name: "alpine linux",
    standing: "unofficial",
  },
  { releaseId: "nixos", family: "debian", title: "NixOS", name: "nixos", standing: "unofficial" },
  {
    releaseId: "gentoo",
    family: "debian",
    title: "Gentoo",
    name: "gentoo",
    standing: "unofficial",
  },
  {
    releaseId: "raspbian",
    family: "debian",
    title: "Raspberry Pi OS",
    name: "raspbian|raspberry pi os",
    standing: "unofficial",
  },
];

const patterns = families.map(
  (family) =>
    new RegExp(
      `(?<![\\w/.-])(?:${family.name})(?![a-z_/])(?:[ -]{0,2}(?:linux|server|version|release|v\\.?)){0,2}[ :/-]{0,2}(?<version>\\d{1,4}(?:\\.\\d{1,2})?)?(?<more>(?:\\s{0,2}(?:,|/|and|or|&|\\+)\\s{0,2}\\d{1,2}(?:\\.\\d{2})?(?:\\s?LTS)?(?![\\w.]))*)`,
      "gi",
    ),
);

/** Whether any of the names is in a text: a quick look before the exact ones. */
const anyName = new RegExp(families.map(({ name }) => name).join("|"), "i");

const codenames: Readonly<Record<string, string>> = {
  noble: "24.04",
  jammy: "22.04",
  focal: "20.04",
  bionic: "18.04",
  xenial: "16.04",
  trusty: "14.04",
  bookworm: "12",
  trixie: "13",
  bullseye: "11",
  buster: "10",
  stretch: "9",
  jessie: "8",
  wheezy: "7",
  squeeze: "6",
  precise: "12.04",
};

/** Finds the names of systems in a text, each release by itself. */
export function systemNames(text: string): readonly SystemName[] {
  if (!anyName.test(text)) return [];
  return families.flatMap((family, index) => {
    const pattern = patterns[index];
    if (!pattern) return [];
    return [...text.matchAll(pattern)].flatMap(({ 0: written, index: start, groups }) => {
      const end = start + written.length;
      const further = groups?.more?.match(/\d+(?:\.\d+)?/g) ?? [];
      return [groups?.version ?? "", ...further].map((version) => ({
        system: systemOf(family, version || codenameBehind(text, end)),
        start,
        end,
      }));
    });
  });
}

/** A system by the name and release that metadata give: `EL` and `9`. */
export function systemByName(name: string, release: string): OperatingSystem | undefined {
  const known = /^el$/i.test(name) ? "rhel" : name;
  const number = codenames[release.toLowerCase()] ?? release;
  const [found] = systemNames(`${known} ${number}`.trim());
  if (!found || number === "" || /^\d/.test(number)) return found?.system;
  // A code name that is in no list is one of a release that nobody supports.
  const { id, title } = found.system;
  const codename = release.toLowerCase();
  return {
    ...found.system,
    id: `${id}-${codename}`,
    title: `${title} ${release}`,
    standing: "unofficial",
  };
}

function codenameBehind(text: string, at: number): string {
  const [, word] = /^[\s("'/-]{0,3}([a-z]+)/i.exec(text.slice(at, at + 20)) ?? [];
  return codenames[word?.toLowerCase() ?? ""] ?? "";
}

function systemOf(family: Family, version: string): OperatingSystem {
  const { releaseId, standing } = family;
  const listed = operatingSystems.filter((system) => system.releaseId === releaseId);
  const known = listed.find(
    ({ releaseVersion }) =>
      releaseVersion === "" ||
      version === releaseVersion ||
      version.startsWith(`${releaseVersion}.`),
  );
  if (known) return known;
  const isNewer = listed.every(({ releaseVersion }) => Number(releaseVersion) < Number(version));
  return {
    id: version === "" ? releaseId : `${releaseId}-${version}`,
    title: version === "" ? family.title : `${family.title} ${version}`,
    family: family.family,
    releaseId,
    releaseVersion: version,
    standing: version !== "" && isNewer ? "unofficial" : standing,
  };
}

/**
 * Whether a release is one that Mattermost lists no more: older than all that it lists of a
 * distribution that it otherwise accepts.
 */
export function isOutdated({ releaseId, releaseVersion, standing, id }: OperatingSystem): boolean {
  if (standing === "unofficial" || releaseVersion === "") return false;
  return operatingSystems.every((system) => system.releaseId !== releaseId || system.id !== id);
}
