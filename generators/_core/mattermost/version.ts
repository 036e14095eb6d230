/** A server version as three numbers: `{ major: 11, minor: 7, patch: 9 }`. */
export interface ServerVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/**
 * Reads `X.Y.Z`, digits and dots only.
 *
 * Anything else (a leading `v`, a tag such as `latest`, two numbers) is `undefined`: a floating
 * version may move backwards and break migrations.
 */
export function parseVersion(text: string): ServerVersion | undefined {
  const match = /^(0|[1-9]\d{0,3})\.(0|[1-9]\d{0,3})\.(0|[1-9]\d{0,3})$/.exec(text);
  if (!match) return undefined;
  return { major: Number(match[1]), minor: Number(match[2]), patch: Number(match[3]) };
}

/** Prints a version as `X.Y.Z`. */
export function formatVersion({ major, minor, patch }: ServerVersion): string {
  return `${major}.${minor}.${patch}`;
}

/** Names the release line of a version: `X.Y`. */
export function lineOf({ major, minor }: ServerVersion): string {
  return `${major}.${minor}`;
}

/** Orders versions: negative when `a` is older than `b`, zero when they are the same. */
export function compareVersions(a: ServerVersion, b: ServerVersion): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch;
}
