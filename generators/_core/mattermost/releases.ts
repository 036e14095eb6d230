/** One monthly line of the server, and how long it is supported. Dates are `YYYY-MM-DD`. */
export interface ReleaseLine {
  /** `X.Y`. */
  readonly line: string;
  readonly kind: "major" | "feature" | "esr";
  readonly released: string;
  /** The last day of support. */
  readonly supportEnds: string;
  /** The newest patch that was known on {@link releasesKnownOn}, `X.Y.Z`. */
  readonly latest: string;
}

/** The day on which the release data below was read. */
export const releasesKnownOn = "2026-08-21";

/**
 * The release lines, newest first.
 *
 * @see https://docs.mattermost.com/product-overview/mattermost-server-releases.html, "Release
 * lifecycle", as of 2026-08-21
 */
export const releaseLines: readonly ReleaseLine[] = [
  line("11.10", "feature", "2026-08-14", "2026-11-15", "11.10.0"),
  line("11.9", "feature", "2026-07-16", "2026-10-15", "11.9.1"),
  line("11.8", "feature", "2026-06-16", "2026-09-15", "11.8.5"),
  line("11.7", "esr", "2026-05-15", "2027-05-15", "11.7.9"),
  line("11.6", "feature", "2026-04-16", "2026-07-15", "11.6.6"),
  line("11.5", "feature", "2026-03-16", "2026-06-15", "11.5.7"),
  line("11.4", "feature", "2026-02-16", "2026-05-15", "11.4.5"),
  line("11.3", "feature", "2026-01-16", "2026-04-15", "11.3.3"),
  line("11.2", "feature", "2025-12-16", "2026-03-15", "11.2.4"),
  line("11.1", "feature", "2025-11-14", "2026-02-15", "11.1.3"),
  line("11.0", "major", "2025-10-16", "2026-01-15", "11.0.7"),
  line("10.12", "feature", "2025-09-16", "2025-12-15", "10.12.4"),
  line("10.11", "esr", "2025-08-15", "2026-08-15", "10.11.23"),
  line("10.5", "esr", "2025-02-16", "2025-11-15", "10.5.14"),
  line("9.11", "esr", "2024-08-16", "2025-05-15", "9.11.18"),
];

/**
 * The version that a new project gets: the newest patch of the newest extended support release.
 *
 * It is data, not a reading of the clock, so that the same answers always render the same bytes.
 */
export const defaultVersion = newestEsr().latest;

/** Finds a line by its `X.Y`. */
export function findLine(name: string): ReleaseLine | undefined {
  return releaseLines.find((candidate) => candidate.line === name);
}

function newestEsr(): ReleaseLine {
  const esr = releaseLines.find((candidate) => candidate.kind === "esr");
  if (!esr) throw new Error("the release data names no extended support release");
  return esr;
}

function line(
  name: string,
  kind: ReleaseLine["kind"],
  released: string,
  supportEnds: string,
  latest: string,
): ReleaseLine {
  return { line: name, kind, released, supportEnds, latest };
}
