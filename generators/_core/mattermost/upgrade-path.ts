import { compareVersions, formatVersion, parseVersion, type ServerVersion } from "./version.ts";

/**
 * The extended support releases that an upgrade may have to stop at, oldest first, as `X.Y`.
 *
 * @see https://docs.mattermost.com/administration-guide/upgrade/upgrading-mattermost-server.html
 * and the release life cycle, as of 2026-08-21
 */
export const esrLadder: readonly string[] = [
  "5.37",
  "7.1",
  "7.8",
  "8.1",
  "9.5",
  "9.11",
  "10.5",
  "10.11",
  "11.7",
];

/** An upgrade that the server's own migrations do not survive. Bounds are inclusive, `X.Y.Z`. */
export interface ForbiddenHop {
  readonly from: string;
  /** Inclusive; `undefined` when every later version counts. */
  readonly fromEnd: string;
  readonly to: string;
  readonly toEnd: string;
  /** The first version to go to instead. */
  readonly instead: string;
  readonly reason: string;
}

/**
 * The hops that corrupt or stop a database.
 *
 * @see https://docs.mattermost.com/administration-guide/upgrade/important-upgrade-notes.html, as of
 * 2026-08-21
 */
export const forbiddenHops: readonly ForbiddenHop[] = [
  {
    from: "10.11.17",
    fromEnd: "10.11.9999",
    to: "11.0.0",
    toEnd: "11.7.2",
    instead: "11.7.3",
    reason: "the numbers of their database migrations collide",
  },
  {
    from: "10.11.17",
    fromEnd: "10.11.9999",
    to: "11.8.0",
    toEnd: "11.8.0",
    instead: "11.8.1",
    reason: "the numbers of their database migrations collide",
  },
];

/** What an upgrade from one version to another takes. */
export type UpgradePath =
  | { readonly kind: "same" }
  | { readonly kind: "downgrade" }
  | { readonly kind: "forbidden"; readonly instead: string; readonly reason: string }
  /** Allowed. `stops` are the lines (`X.Y`) to pass through first, empty when one step does. */
  | { readonly kind: "allowed"; readonly stops: readonly string[] };

/**
 * Says how to get from one version to another.
 *
 * Required stops come from the documented rules (before 5.37 through 5.37, before 7.1 through 7.1);
 * skipping later extended support releases is supported, only less tested.
 */
export function upgradePath(from: ServerVersion, to: ServerVersion): UpgradePath {
  const order = compareVersions(from, to);
  if (order === 0) return { kind: "same" };
  if (order > 0) return { kind: "downgrade" };
  const hop = forbiddenHops.find(
    (rule) => isBetween(from, rule.from, rule.fromEnd) && isBetween(to, rule.to, rule.toEnd),
  );
  if (hop) return { kind: "forbidden", instead: hop.instead, reason: hop.reason };
  const stops = requiredStops.filter((stop) => {
    const version = known(`${stop}.0`);
    return (
      compareVersions(from, version) < 0 && compareVersions(to, version) >= 0 && !isOnLine(to, stop)
    );
  });
  return { kind: "allowed", stops };
}

/** Lines that no upgrade from before them may skip. */
export const requiredStops: readonly string[] = ["5.37", "7.1"];

function isOnLine(version: ServerVersion, line: string): boolean {
  return formatVersion(version).startsWith(`${line}.`);
}

function isBetween(version: ServerVersion, low: string, high: string): boolean {
  return compareVersions(version, known(low)) >= 0 && compareVersions(version, known(high)) <= 0;
}

function known(text: string): ServerVersion {
  const version = parseVersion(text);
  if (!version) throw new Error(`the upgrade rules hold ${text}, which is no version`);
  return version;
}
