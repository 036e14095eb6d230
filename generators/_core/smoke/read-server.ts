import type { Edition } from "../mattermost/editions.ts";
import { fieldsOf, parseAnswer } from "./site/site-answer.ts";
import type { Site } from "./site/site-client.ts";
import { ownTrouble } from "./trouble.ts";

/** What a server tells everybody about itself. */
export interface ServerFacts {
  /** `11.6.0`; empty when it does not say. */
  readonly version: string;
  readonly edition: Edition["id"];
  /** Empty when there is none. */
  readonly siteUrl: string;
  /** Whether nobody has signed up yet: the first to do so becomes its administrator. */
  readonly hasNoAccounts: boolean;
}

/**
 * Asks a site whether it is a Mattermost server. One that is not well is one all the same: the test
 * shows what of it does not work.
 *
 * @returns The version that it tells, or an empty text.
 * @throws SiteTrouble when it does not answer, or is no Mattermost server.
 */
export async function readPing(site: Site): Promise<string> {
  const path = "/api/v4/system/ping";
  const answer = await site.request({ method: "GET", path, query: { get_server_status: "true" } });
  const { sent, status, headers } = answer;
  const isUnwell = status === 500 && headers["x-version-id"] !== undefined;
  if (!isUnwell && typeof fieldsOf(parseAnswer(answer))["status"] !== "string") {
    const received = `${status} without the status of a server`;
    throw ownTrouble("not-mattermost", { sent, received, isFromServer: false });
  }
  return versionIn(headers["x-version-id"]);
}

/**
 * Asks a server who it is.
 *
 * @param version What it told before.
 * @throws SiteTrouble when it does not say.
 */
export async function readServer(site: Site, version: string): Promise<ServerFacts> {
  const config = await readClientConfig(site);
  return {
    version: version === "" ? versionIn(config["Version"]) : version,
    edition: config["BuildEnterpriseReady"] === "true" ? "enterprise" : "team",
    siteUrl: typeof config["SiteURL"] === "string" ? config["SiteURL"] : "",
    hasNoAccounts: config["NoAccounts"] === "true",
  };
}

/** What accounts may upload. */
export interface FileLimits {
  readonly isAllowed: boolean;
  /** Bytes. */
  readonly largest: number;
  /** The request that told. */
  readonly sent: string;
}

/** Reads what an account may upload; what the server does not tell counts as allowed. */
export async function readFileLimits(site: Site, token: string): Promise<FileLimits> {
  const config = await readClientConfig(site, token);
  const largest = Number(config["MaxFileSize"]);
  return {
    isAllowed: config["EnableFileAttachments"] !== "false",
    largest: largest > 0 ? largest : Infinity,
    sent: `GET ${site.address.base}${configPath}`,
  };
}

/** What only an administrator may read: whose pages may talk to the server, beside its own. */
export async function readAllowCorsFrom(site: Site, adminToken: string): Promise<string> {
  const answer = await site.request({ method: "GET", path: "/api/v4/config", token: adminToken });
  const value = fieldsOf(fieldsOf(parseAnswer(answer))["ServiceSettings"])["AllowCorsFrom"];
  return typeof value === "string" ? value : "";
}

/** Whether a token is that of an administrator; `undefined` when the server does not know it. */
export async function readIsAdministrator(site: Site, token: string): Promise<boolean | undefined> {
  const answer = await site.request({ method: "GET", path: "/api/v4/users/me", token });
  if (answer.status === 401) return undefined;
  const roles = fieldsOf(parseAnswer(answer))["roles"];
  return typeof roles === "string" && roles.split(" ").includes("system_admin");
}

const configPath = "/api/v4/config/client";

async function readClientConfig(site: Site, token?: string) {
  const query = { format: "old" };
  const session = token === undefined ? {} : { token };
  const request = { method: "GET", path: configPath, query, ...session } as const;
  return fieldsOf(parseAnswer(await site.request(request)));
}

function versionIn(told: unknown): string {
  const [version = ""] = /^\d+\.\d+\.\d+/.exec(typeof told === "string" ? told : "") ?? [];
  return version;
}
