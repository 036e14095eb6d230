import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Configuration } from "./configuration.ts";
import type { Database, Row } from "./database.ts";
import { hasFault } from "./faults.ts";
import type { Json } from "./json.ts";
import type { Log } from "./log.ts";
import type { Fault, Release } from "./release.ts";

/** What every call works with. */
export interface Site {
  readonly release: Release;
  readonly configuration: Configuration;
  readonly database: Database;
  readonly log: Log;
  /** Sends an event to all websockets of some users. */
  readonly send: SendEvent;
}

/** Sends an event to users: its name, its data, and to whom it says that it is sent. */
export type SendEvent = (
  users: readonly string[],
  event: string,
  data: Readonly<Record<string, unknown>>,
  to: Readonly<Record<string, unknown>>,
) => void;

/** One call of the API. */
export interface Call {
  readonly site: Site;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  /** Its row in `users`; the caller over the local socket is the first administrator. */
  readonly user: Row;
  readonly isAdministrator: boolean;
  readonly token: string;
  body(): Promise<Buffer>;
  json(): Promise<Json>;
}

/** What a call answers. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/**
 * A call of the API: whether it is open to all, and what it does. The comment on each says where its
 * behaviour is from: a section of `mattermost.md`, the published source of the server, or "observed",
 * which is by hand on a server built from the published source of 11.6 (November 2026).
 */
export interface Endpoint {
  readonly method: string;
  /** Below /api/v4; `:name` stands for one segment. */
  readonly path: string;
  readonly open?: true;
  answer(call: Call): Promise<Answer>;
}

/** The first part of all paths of the API. */
export const apiRoot = "/api/v4";

/** Tells whether a site has a fault at the moment. */
export function siteHasFault(site: Site, fault: Fault): boolean {
  return hasFault(fault, site.release, site.configuration.path);
}

/** `X-Version-Id`: version.build.hash of the configuration.licence; observed. */
export function versionId({ release, configuration }: Site): string {
  const hash = createHash("sha256").update(JSON.stringify(configuration.settings)).digest("hex");
  return `${release.version}.${release.version}.${hash}.false`;
}

/** The user of a session, undefined when the token has none. */
export async function userOfToken(site: Site, token: string): Promise<Row | undefined> {
  return site.database.row(
    `SELECT users.* FROM sessions JOIN users ON users.id = sessions.userid
      WHERE sessions.token = $1 AND users.deleteat = 0`,
    [token],
  );
}

/** The token that a request came with, empty when there is none. */
export function tokenOf(request: IncomingMessage): string {
  const [, bearer] = /^(?:bearer|token) (\w+)$/i.exec(request.headers.authorization ?? "") ?? [];
  const [, cookie] = /(?:^|; *)MMAUTHTOKEN=(\w+)/.exec(request.headers.cookie ?? "") ?? [];
  return bearer ?? cookie ?? "";
}
