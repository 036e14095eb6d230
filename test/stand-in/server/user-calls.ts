import { createUser, isPassword, presentedUser } from "./accounts.ts";
import { ApiError, invalidBody, noPermission } from "./api-error.ts";
import type { Row } from "./database.ts";
import type { Call, Endpoint, Site } from "./site.ts";
import { newId } from "./new-id.ts";
import { joinTeam } from "./team-members.ts";

/** The calls about accounts and sessions. */
export const userCalls: readonly Endpoint[] = [
  {
    // mattermost.md section 8, number 1 and 7; every error observed.
    method: "POST",
    path: "/users",
    open: true,
    answer: async (call) => {
      const given = await call.json().catch(() => {
        throw invalidBody("user");
      });
      const invite = call.query.get("iid");
      const isFirst = (await call.site.database.row("SELECT 1 FROM users LIMIT 1")) === undefined;
      const team = invite === null ? undefined : await teamOfInvite(call.site, invite);
      if (team === undefined && !call.isAdministrator) requireOpen(call.site, isFirst);
      const user = await createUser(call.site, given, isFirst);
      if (team !== undefined)
        await joinTeam(call.site, String(team["id"]), String(user["id"]), false);
      return { status: 201, body: presentedUser(user) };
    },
  },
  {
    // mattermost.md section 8, number 2; observed: the token is a header, not in the body.
    method: "POST",
    path: "/users/login",
    open: true,
    answer: async (call) => {
      const { database, release, configuration } = call.site;
      const { login_id: name, password } = await call.json();
      const user = await database.row("SELECT * FROM users WHERE $1 IN (email, username)", [name]);
      if (user === undefined || !isPassword(String(password), String(user["password"])))
        throw unauthorized(
          "api.user.login.invalid_credentials_email_username",
          "Enter a valid email or username and/or password.",
        );
      if (Number(user["deleteat"]) > 0)
        throw unauthorized(
          "api.user.login.inactive.app_error",
          "Login failed because your account has been deactivated.",
        );
      if (configuration.settings.EmailSettings.RequireEmailVerification && !user["emailverified"])
        throw unauthorized(
          "api.user.login.not_verified.app_error",
          "Login failed because email address has not been verified.",
        );
      const [token, now] = [newId(), Date.now()];
      const values = [newId(), token, user["id"], now];
      await database.rows("INSERT INTO sessions VALUES ($1, $2, $3, $4)", values);
      if (release.schema >= 160)
        await database.rows("UPDATE users SET lastlogin = $2 WHERE id = $1", [user["id"], now]);
      return { headers: { Token: token, ...cookieFor(call, token) }, body: presentedUser(user) };
    },
  },
  {
    // Observed.
    method: "POST",
    path: "/users/logout",
    answer: async ({ site, token }) => {
      await site.database.rows("DELETE FROM sessions WHERE token = $1", [token]);
      return {
        headers: { "Set-Cookie": "MMAUTHTOKEN=; Path=/; Max-Age=0; HttpOnly" },
        body: { status: "OK" },
      };
    },
  },
  {
    // Observed; "me" is the caller.
    method: "GET",
    path: "/users/:user",
    answer: async ({ site, params, user }) => {
      const id = params["user"] === "me" ? user["id"] : params["user"];
      const found = await site.database.row("SELECT * FROM users WHERE id = $1", [id]);
      if (found === undefined)
        throw new ApiError(404, "app.user.missing_account.const", "Unable to find the user.");
      return { body: presentedUser(found) };
    },
  },
  {
    // Observed: deactivates; nobody may do that to himself unless a setting says so.
    method: "DELETE",
    path: "/users/:user",
    answer: async (call) => {
      const { site, params, user, isAdministrator, query } = call;
      const { ServiceSettings, TeamSettings } = site.configuration.settings;
      const id = params["user"] === "me" ? user["id"] : params["user"];
      if (id !== user["id"] && !isAdministrator) throw noPermission();
      if (id === user["id"] && !isAdministrator && !TeamSettings.EnableUserDeactivation)
        throw unauthorized(
          "api.user.update_active.not_enable.app_error",
          "You cannot deactivate yourself because this feature is not enabled.",
        );
      if (query.get("permanent") !== "true")
        await site.database.rows("UPDATE users SET deleteat = $2 WHERE id = $1", [id, Date.now()]);
      else if (ServiceSettings.EnableAPIUserDeletion)
        await site.database.rows("DELETE FROM users WHERE id = $1", [id]);
      else
        throw unauthorized(
          "api.user.delete_user.not_enabled.for_admin.app_error",
          "Permanent user deletion feature is not enabled.",
        );
      await site.database.rows("DELETE FROM sessions WHERE userid = $1", [id]);
      return { body: { status: "OK" } };
    },
  },
];

const unauthorized = (id: string, message: string) => new ApiError(401, id, message);

function requireOpen(site: Site, isFirst: boolean): void {
  requireSignUp(site);
  if (!isFirst && !site.configuration.settings.TeamSettings.EnableOpenServer)
    throw new ApiError(
      403,
      "api.user.create_user.no_open_server",
      "This server does not allow open signups.  Please speak with your Administrator to receive an invitation.",
    );
}

function requireSignUp({ configuration: { settings } }: Site): void {
  if (!settings.EmailSettings.EnableSignUpWithEmail || !settings.TeamSettings.EnableUserCreation)
    throw new ApiError(
      501,
      "api.user.create_user.signup_email_disabled.app_error",
      "User sign-up with email is disabled.",
    );
}

async function teamOfInvite(site: Site, invite: string): Promise<Row> {
  requireSignUp(site);
  const team = await site.database.row("SELECT * FROM teams WHERE inviteid = $1", [invite]);
  if (team === undefined)
    throw new ApiError(
      404,
      "app.team.get_by_invite_id.finding.app_error",
      "Unable to find the existing team.",
    );
  return team;
}

// Observed: browsers get cookies, and say who they are with this header.
function cookieFor({ headers }: Call, token: string): Readonly<Record<string, string>> {
  if (headers["x-requested-with"] !== "XMLHttpRequest") return {};
  return { "Set-Cookie": `MMAUTHTOKEN=${token}; Path=/; Max-Age=15552000; HttpOnly` };
}
