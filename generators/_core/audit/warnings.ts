import { adviseVersion } from "../mattermost/version-advice.ts";
import { compareVersions, parseVersion } from "../mattermost/version.ts";
import type { Facts, Place } from "../program/facts.ts";
import { programRevision } from "../program/requirement.ts";
import type { RequirementReport, Warning } from "./report.ts";

/** What warnings depend on beside the facts. */
export interface WarningWorld {
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** Of this package, `X.Y.Z`. */
  readonly packageVersion: string;
}

/** Says what to look at that does not touch the tier. Pure. */
export function warningsOf(
  facts: Facts,
  requirements: readonly RequirementReport[],
  world: WarningWorld,
): readonly Warning[] {
  return [
    ...versionWarnings(facts, world),
    ...changelogWarning(facts),
    ...when(
      "default-password",
      facts.defaultPasswords,
      "Make a password of its own for each installation, and keep it out of the repository.",
    ),
    ...when(
      "security-alert-disabled",
      facts.silencedAlerts,
      "Leave the server's notice of security fixes on.",
    ),
    ...descriptionWarning(facts, requirements),
    ...lockWarning(facts, world),
  ];
}

function versionWarnings({ versionLines }: Facts, { today }: WarningWorld): readonly Warning[] {
  const exact = versionLines.filter(({ isExact }) => isExact);
  const versions = [...new Set(exact.map(({ version }) => version))];
  const floating = versionLines.filter(({ isExact }) => !isExact);
  const advised = versions.flatMap((version): readonly Warning[] => {
    const advice = adviseVersion(version, today);
    if (advice.kind === "good") return [];
    const ids = {
      unsupported: "version-unsupported",
      unknown: "version-unknown",
      warning: "version-behind",
    } as const;
    const instead = "instead" in advice ? `; ${advice.instead} is supported` : "";
    const evidence = exact.filter((line) => line.version === version).map(place);
    return [
      {
        id: ids[advice.kind],
        evidence,
        advice: `Mattermost ${version}: ${advice.text}${instead}.`,
      },
    ];
  });
  return [
    ...advised,
    ...when(
      "versions-disagree",
      versions.length > 1 ? exact : [],
      `Set one version in one place: ${versions.join(", ")} stand here.`,
    ),
    ...when(
      "version-floating",
      floating,
      "Name an exact version: a floating one may go back and break migrations.",
    ),
  ];
}

function changelogWarning({ changelog, versionLines }: Facts): readonly Warning[] {
  const versions = [
    ...new Set(versionLines.filter(({ isExact }) => isExact).map(({ version }) => version)),
  ];
  if (!changelog?.hasEntries || versions.length === 0) return [];
  if (versions.some((version) => changelog.newest.includes(version))) return [];
  const advice = `Let the newest entry say which server is installed: ${versions.join(", ")}.`;
  return [{ id: "changelog-behind", evidence: [changelog.place], advice }];
}

/** The description may claim upgrades; whether there are any is another requirement. */
function descriptionWarning(
  { upgrade }: Facts,
  requirements: readonly RequirementReport[],
): readonly Warning[] {
  const description = requirements.find(({ id }) => id === "documentation-description");
  const claims = (description?.evidence ?? []).filter(({ text }) => /and\s+upgrades/i.test(text));
  const hasNone = upgrade.ways.length === 0;
  return when(
    "upgrade-claimed",
    hasNone ? claims : [],
    "Show the upgrade command, or leave the words “and upgrades” out of the description.",
  );
}

function lockWarning({ lock }: Facts, { packageVersion }: WarningWorld): readonly Warning[] {
  if (!lock) return [];
  const [made, own] = [parseVersion(lock.generator), parseVersion(packageVersion)];
  const isOlder = made !== undefined && own !== undefined && compareVersions(made, own) < 0;
  const isBehind = isOlder || lock.program < programRevision;
  return [
    ...when(
      "boilerplate-outdated",
      isBehind ? [lock.place] : [],
      "Run the generator again to bring the boilerplate up to date.",
    ),
    ...when(
      "boilerplate-conflict",
      lock.conflicts,
      "An update left these files undecided: run the generator again, or settle them with --settled.",
    ),
  ];
}

function when(id: string, places: readonly Place[], advice: string): readonly Warning[] {
  return places.length === 0 ? [] : [{ id, evidence: places.slice(0, 10).map(place), advice }];
}

function place({ path, line, text }: Place): Place {
  return { path, line, text };
}
