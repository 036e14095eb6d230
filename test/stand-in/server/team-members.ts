import { ApiError, noPermission } from "./api-error.ts";
import type { Row } from "./database.ts";
import type { Json } from "./json.ts";
import type { Call, Site } from "./site.ts";

/** Makes a user a member of a team, as the API presents it. */
export async function joinTeam(
  { database }: Site,
  team: string,
  user: string,
  isTeamAdministrator: boolean,
): Promise<Json> {
  const member = await database.row(
    `INSERT INTO teammembers VALUES ($1, $2, 0, $3)
      ON CONFLICT (teamid, userid) DO UPDATE SET deleteat = 0 RETURNING *`,
    [team, user, isTeamAdministrator],
  );
  return presentedMember(member ?? {});
}

/** A membership as the API presents it. */
export function presentedMember(member: Row): Json {
  const isAdministrator = member["schemeadmin"] === true;
  return {
    team_id: member["teamid"],
    user_id: member["userid"],
    roles: isAdministrator ? "team_user team_admin" : "team_user",
    delete_at: 0,
    scheme_guest: false,
    scheme_user: true,
    scheme_admin: isAdministrator,
    explicit_roles: "",
  };
}

/**
 * The team of a call.
 *
 * @throws ApiError 404 when there is none, 403 when the caller is no member.
 */
export async function teamOf({ site, params, user, isAdministrator }: Call): Promise<Row> {
  const team = await site.database.row("SELECT * FROM teams WHERE id = $1", [params["team"]]);
  const member = await site.database.row(
    "SELECT 1 FROM teammembers WHERE teamid = $1 AND userid = $2 AND deleteat = 0",
    [params["team"], user["id"]],
  );
  if (team === undefined)
    throw new ApiError(404, "app.team.get.find.app_error", "Unable to find the existing team.");
  if (member === undefined && !isAdministrator) throw noPermission();
  return team;
}

/** @throws ApiError 403 unless the caller is an administrator of the team, or of the server. */
export async function requireTeamAdministrator(call: Call): Promise<void> {
  const member = await call.site.database.row(
    "SELECT schemeadmin FROM teammembers WHERE teamid = $1 AND userid = $2 AND deleteat = 0",
    [call.params["team"], call.user["id"]],
  );
  if (member?.["schemeadmin"] !== true && !call.isAdministrator) throw noPermission();
}
