import { ApiError } from "./api-error.ts";
import type { Row } from "./database.ts";
import type { Endpoint } from "./site.ts";
import { joinTeam, presentedMember, requireTeamAdministrator, teamOf } from "./team-members.ts";
import { newId } from "./new-id.ts";

/** The calls about teams and their channels. */
export const teamCalls: readonly Endpoint[] = [
  {
    // mattermost.md section 8, number 3; observed. The creator becomes the team's administrator.
    method: "POST",
    path: "/teams",
    answer: async (call) => {
      const { site, user } = call;
      const { name, display_name: title, type } = await call.json();
      if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(String(name)) || String(name).length < 2)
        throw badRequest(
          "model.team.is_valid.characters.app_error",
          "Name must be 2 or more lowercase alphanumeric characters.",
        );
      if (await site.database.row("SELECT 1 FROM teams WHERE name = $1", [name]))
        throw badRequest(
          "store.sql_team.save_team.existing.app_error",
          "A team with this URL already exists.",
        );
      const team = await site.database.row(
        `INSERT INTO teams (id, createat, updateat, displayname, name, email, type, inviteid)
          VALUES ($1, $2, $2, $3, $4, $5, $6, $7) RETURNING *`,
        [newId(), Date.now(), title, name, user["email"], type ?? "O", newId()],
      );
      for (const [channel, shown] of [
        ["town-square", "Town Square"],
        ["off-topic", "Off-Topic"],
      ])
        await site.database.rows(
          `INSERT INTO channels (id, createat, updateat, teamid, type, displayname, name)
            VALUES ($1, $2, $2, $3, 'O', $4, $5)`,
          [newId(), Date.now(), team?.["id"], shown, channel],
        );
      await joinTeam(site, String(team?.["id"]), String(user["id"]), true);
      return { status: 201, body: presented(team ?? {}) };
    },
  },
  {
    // mattermost.md section 8, number 7b; observed.
    method: "POST",
    path: "/teams/members/invite",
    answer: async ({ site, query, user }) => {
      const invite = query.get("invite_id");
      const team = await site.database.row("SELECT * FROM teams WHERE inviteid = $1", [invite]);
      if (team === undefined)
        throw new ApiError(
          404,
          "app.team.get_by_invite_id.finding.app_error",
          "Unable to find the existing team.",
        );
      return {
        status: 201,
        body: await joinTeam(site, String(team["id"]), String(user["id"]), false),
      };
    },
  },
  {
    // Observed.
    method: "GET",
    path: "/users/me/teams",
    answer: async ({ site, user }) => {
      const teams = await site.database.rows(
        `SELECT teams.* FROM teams JOIN teammembers ON teamid = id
          WHERE userid = $1 AND teams.deleteat = 0 AND teammembers.deleteat = 0`,
        [user["id"]],
      );
      return { body: teams.map(presented) };
    },
  },
  {
    // Observed, for archived teams too.
    method: "GET",
    path: "/teams/:team",
    answer: async (call) => ({ body: presented(await teamOf(call)) }),
  },
  {
    // mattermost.md section 8, number 4; observed.
    method: "POST",
    path: "/teams/:team/regenerate_invite_id",
    answer: async (call) => {
      await requireTeamAdministrator(call);
      const team = await call.site.database.row(
        "UPDATE teams SET inviteid = $2 WHERE id = $1 RETURNING *",
        [call.params["team"], newId()],
      );
      return { body: presented(team ?? {}) };
    },
  },
  {
    // mattermost.md section 8, number 4; observed: any member may add others.
    method: "POST",
    path: "/teams/:team/members",
    answer: async (call) => {
      const team = await teamOf(call);
      const { user_id: user } = await call.json();
      return {
        status: 201,
        body: await joinTeam(call.site, String(team["id"]), String(user), false),
      };
    },
  },
  {
    // Observed.
    method: "GET",
    path: "/teams/:team/members/me",
    answer: async ({ site, params, user }) => {
      const member = await site.database.row(
        "SELECT * FROM teammembers WHERE teamid = $1 AND userid = $2 AND deleteat = 0",
        [params["team"], user["id"]],
      );
      if (member === undefined)
        throw new ApiError(404, "app.team.get_member.missing.app_error", "No team member found.");
      return { body: presentedMember(member) };
    },
  },
  {
    // Observed: archives; permanent deletion answers 401 unless a setting allows it.
    method: "DELETE",
    path: "/teams/:team",
    answer: async (call) => {
      await requireTeamAdministrator(call);
      const { database, configuration } = call.site;
      const id = call.params["team"];
      if (call.query.get("permanent") !== "true")
        await database.rows("UPDATE teams SET deleteat = $2 WHERE id = $1", [id, Date.now()]);
      else if (configuration.settings.ServiceSettings.EnableAPITeamDeletion)
        await database.rows("DELETE FROM teams WHERE id = $1", [id]);
      else
        throw new ApiError(
          401,
          "api.user.delete_team.not_enabled.for_admin.app_error",
          "Permanent team deletion feature is not enabled.",
        );
      return { body: { status: "OK" } };
    },
  },
  {
    // mattermost.md section 8, number 5; observed.
    method: "GET",
    path: "/teams/:team/channels/name/:channel",
    answer: async (call) => {
      await teamOf(call);
      const channel = await call.site.database.row(
        "SELECT * FROM channels WHERE teamid = $1 AND name = $2",
        [call.params["team"], call.params["channel"]],
      );
      if (channel === undefined)
        throw new ApiError(
          404,
          "app.channel.get_by_name.missing.app_error",
          "Channel does not exist.",
        );
      return {
        body: {
          id: channel["id"],
          create_at: Number(channel["createat"]),
          update_at: Number(channel["updateat"]),
          delete_at: Number(channel["deleteat"]),
          team_id: channel["teamid"],
          type: channel["type"],
          display_name: channel["displayname"],
          name: channel["name"],
          header: "",
          purpose: "",
        },
      };
    },
  },
];

const badRequest = (id: string, message: string) => new ApiError(400, id, message);

function presented(team: Row): Readonly<Record<string, unknown>> {
  return {
    id: team["id"],
    create_at: Number(team["createat"]),
    update_at: Number(team["updateat"]),
    delete_at: Number(team["deleteat"]),
    display_name: team["displayname"],
    name: team["name"],
    description: "",
    email: team["email"],
    type: team["type"],
    company_name: "",
    allowed_domains: "",
    invite_id: team["inviteid"],
    allow_open_invite: false,
    scheme_id: null,
    group_constrained: null,
    policy_id: null,
  };
}
