import { noPermission } from "./api-error.ts";
import type { Call, Site } from "./site.ts";

/**
 * Makes sure that the caller may read a channel and write to it: members of its team may.
 *
 * @throws ApiError 403 otherwise, as observed for a channel that does not exist too.
 */
export async function requireChannel(site: Site, channel: string, call: Call): Promise<void> {
  const member = await site.database.row(
    `SELECT 1 FROM channels JOIN teammembers USING (teamid)
      WHERE channels.id = $1 AND userid = $2 AND teammembers.deleteat = 0`,
    [channel, call.user["id"]],
  );
  if (member === undefined && !call.isAdministrator) throw noPermission();
}
