import { pbkdf2Sync, randomBytes, timingSafeEqual } from "node:crypto";
import { ApiError } from "./api-error.ts";
import type { Row } from "./database.ts";
import { textAt, type Json } from "./json.ts";
import { newId } from "./new-id.ts";
import type { Site } from "./site.ts";

/**
 * Makes an account.
 *
 * @throws ApiError 400 when something about it is not allowed; ids observed.
 */
export async function createUser(site: Site, given: Json, isFirst: boolean): Promise<Row> {
  const { configuration, database } = site;
  const [email, username] = [textAt(given, "email"), textAt(given, "username")];
  const password = textAt(given, "password");
  if (!/^[^@\s]+@[^@\s]+$/.test(email) || email !== email.toLowerCase())
    throw badRequest("model.user.is_valid.email.app_error", "Invalid email.");
  if (!/^[a-z][a-z0-9._-]{2,21}$/.test(username))
    throw badRequest(
      "model.user.is_valid.username.app_error",
      "Username must begin with a letter, and contain between 3 to 22 lowercase characters",
    );
  const { MinimumLength: minimum } = configuration.settings.PasswordSettings;
  if (password.length < minimum)
    throw badRequest(
      "model.user.is_valid.pwd_min_length.app_error",
      `Your password must contain at least ${minimum} characters.`,
    );
  const domain = configuration.settings.TeamSettings.RestrictCreationToDomains;
  if (domain !== "" && !domain.split(/[\s,]+/).includes(email.split("@")[1] ?? ""))
    throw badRequest(
      "api.user.create_user.accepted_domain.app_error",
      "The email you provided does not belong to an accepted domain.",
    );
  for (const [column, value] of [
    ["email", email],
    ["username", username],
  ] as const) {
    if (await database.row(`SELECT 1 FROM users WHERE ${column} = $1`, [value]))
      throw badRequest(
        `app.user.save.${column}_exists.app_error`,
        `An account with that ${column} already exists.`,
      );
  }
  const roles = isFirst ? "system_admin system_user" : "system_user";
  const created = await database.row(
    `INSERT INTO users (id, createat, updateat, username, password, email, emailverified, roles)
      VALUES ($1, $2, $2, $3, $4, $5, false, $6) RETURNING *`,
    [newId(), Date.now(), username, hashed(password), email, roles],
  );
  return created ?? {};
}

function hashed(password: string, salt = randomBytes(16).toString("hex")): string {
  return `${salt}.${pbkdf2Sync(password, salt, 1000, 32, "sha256").toString("hex")}`;
}

/** Tells whether a password is the one that a row of `users` has the hash of. */
export function isPassword(password: string, hash: string): boolean {
  const found = hashed(password, hash.split(".")[0]);
  return found.length === hash.length && timingSafeEqual(Buffer.from(found), Buffer.from(hash));
}

const badRequest = (id: string, message: string) => new ApiError(400, id, message);

/** An account as the API presents it. */
export function presentedUser(user: Row): Json {
  return {
    id: user["id"],
    create_at: Number(user["createat"]),
    update_at: Number(user["updateat"]),
    delete_at: Number(user["deleteat"]),
    username: user["username"],
    auth_service: "",
    email: user["email"],
    nickname: "",
    first_name: "",
    last_name: "",
    position: "",
    roles: user["roles"],
    locale: "en",
    remote_id: "",
    disable_welcome_email: false,
  };
}
