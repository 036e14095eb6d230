import { defaultVersion, findLine, releaseLines } from "./releases.ts";
import { compareVersions, lineOf, parseVersion, type ServerVersion } from "./version.ts";

/** What there is to say of a server version on some day. */
export type VersionAdvice =
  | { readonly kind: "good" }
  /** Can be used; `text` says what to mind. */
  | { readonly kind: "warning"; readonly text: string }
  /** Past its support: nothing new should start with it. */
  | { readonly kind: "unsupported"; readonly text: string; readonly instead: string }
  /** No version at all, or none that can have been released. */
  | { readonly kind: "unknown"; readonly text: string; readonly instead: string };

/**
 * Judges a server version on a day.
 *
 * A version that is newer than the release data, on a line that the monthly rhythm can have brought
 * by then, is a warning and not an error: a security update must not wait for this package.
 *
 * @param text What the user gave, expected as `X.Y.Z`.
 * @param today `YYYY-MM-DD`.
 */
export function adviseVersion(text: string, today: string): VersionAdvice {
  const instead = supportedVersion(today);
  const version = parseVersion(text);
  if (!version) return { kind: "unknown", text: "no version of the form X.Y.Z", instead };
  const line = findLine(lineOf(version));
  if (!line) return adviseUnlistedLine(version, today, instead);
  if (line.supportEnds < today) {
    return {
      kind: "unsupported",
      text: `support for ${line.line} ended on ${line.supportEnds}`,
      instead,
    };
  }
  const newest = parseVersion(line.latest);
  const order = newest ? compareVersions(version, newest) : 0;
  if (order < 0) {
    return { kind: "warning", text: `${text} lacks the security fixes of ${line.latest}` };
  }
  if (order > 0) return { kind: "warning", text: notListed(text) };
  return { kind: "good" };
}

/** The newest patch of the newest extended support release that is supported on a day. */
function supportedVersion(today: string): string {
  const supported = releaseLines.filter(({ supportEnds }) => supportEnds >= today);
  const esr = supported.find(({ kind }) => kind === "esr");
  return (esr ?? supported[0])?.latest ?? defaultVersion;
}

function adviseUnlistedLine(version: ServerVersion, today: string, instead: string): VersionAdvice {
  const text = `${version.major}.${version.minor}.${version.patch}`;
  const newest = parseVersion(releaseLines[0]?.latest ?? defaultVersion);
  if (newest && compareVersions(version, newest) < 0) {
    return {
      kind: "unsupported",
      text: `${lineOf(version)} is no supported release line`,
      instead,
    };
  }
  if (!expectedLines(today).includes(lineOf(version))) {
    return {
      kind: "unknown",
      text: `no release line ${lineOf(version)} can exist by ${today}`,
      instead,
    };
  }
  return { kind: "warning", text: notListed(text) };
}

/**
 * The lines (`X.Y`) that the documented rhythm can have brought after the newest one in the data:
 * one a month, a major one each October.
 */
function expectedLines(today: string): readonly string[] {
  const newest = releaseLines[0];
  const start = newest && parseVersion(newest.latest);
  if (!newest || !start) return [];
  const lines: string[] = [];
  let { major, minor } = start;
  let month = monthNumber(newest.released) + 1;
  for (; month <= monthNumber(today); month += 1) {
    const isOctober = month % 12 === 9;
    major = isOctober ? major + 1 : major;
    minor = isOctober ? 0 : minor + 1;
    lines.push(`${major}.${minor}`);
  }
  return lines;
}

function monthNumber(date: string): number {
  const [year = 0, month = 1] = date.split("-").map(Number);
  return year * 12 + month - 1;
}

function notListed(version: string): string {
  return `${version} is newer than this package's list of releases; make sure that it exists`;
}
