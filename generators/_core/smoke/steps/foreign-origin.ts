import { readAllowCorsFrom } from "../read-server.ts";
import type { Site } from "../site/site-client.ts";
import { SiteTrouble } from "../trouble.ts";

/** An origin that is no site's: the name is reserved. */
const foreignOrigin = "https://another-site.invalid";

/**
 * Tries a websocket as a page of another site would.
 *
 * @returns Warnings; none when it is refused, as it should be.
 */
export async function tryForeignOrigin(
  site: Site,
  adminToken: string | undefined,
): Promise<readonly string[]> {
  try {
    const socket = await site.openSocket(foreignOrigin);
    socket.close();
  } catch (error) {
    if (!(error instanceof SiteTrouble)) throw error;
    const { status, received } = error.trouble;
    if (status !== undefined && status < 500) return [];
    return [`whether pages of other sites may open websockets could not be told: ${received}`];
  }
  return [
    `a page of another site (Origin: ${foreignOrigin}) may open a websocket: ${await cause(site, adminToken)}`,
  ];
}

async function cause(site: Site, adminToken: string | undefined): Promise<string> {
  if (adminToken === undefined) {
    return "ServiceSettings.AllowCorsFrom allows it, or the proxy takes Origin away; with an administrator's token (--token-file) this is told apart";
  }
  try {
    const allowed = await readAllowCorsFrom(site, adminToken);
    return allowed === ""
      ? "ServiceSettings.AllowCorsFrom is empty, so that the proxy takes Origin away or rewrites it; let it pass"
      : `ServiceSettings.AllowCorsFrom is “${allowed}”; empty it unless you need it`;
  } catch (error) {
    if (!(error instanceof SiteTrouble)) throw error;
    return `the settings could not be read (${error.trouble.received})`;
  }
}
