/** An upgrade that the server's own migrations do not survive. Bounds are inclusive, `X.Y.Z`. */
export interface ForbiddenHop {
  readonly from: string;
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

/**
 * Lines, as `X.Y`, that no upgrade from before them may skip, oldest first. Later extended support
 * releases may be skipped; that is only less tested.
 *
 * @see https://docs.mattermost.com/administration-guide/upgrade/upgrading-mattermost-server.html, as
 * of 2026-08-21
 */
export const requiredStops: readonly string[] = ["5.37", "7.1"];
