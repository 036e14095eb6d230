import type { Account } from "./account.ts";
import { fieldsOf, parseAnswer, textField } from "./site/site-answer.ts";
import type { Site, SiteRequest } from "./site/site-client.ts";

/** An account that is signed in. */
export interface Session {
  readonly userId: string;
  /** Never printed. */
  readonly token: string;
}

/** A team that the test made. */
export interface Team {
  readonly id: string;
  readonly name: string;
}

/** Who lets an account in: an administrator or the invite of a team; anybody where both are open. */
export interface SignUpRight {
  readonly adminToken?: string | undefined;
  readonly invite?: string | undefined;
}

/**
 * Makes an account and returns its id.
 *
 * @see https://developers.mattermost.com/api-documentation/#/operations/CreateUser
 */
export async function signUp(site: Site, account: Account, right: SignUpRight): Promise<string> {
  const { sent, value } = await post(site, "/users", {
    ...(right.adminToken === undefined ? {} : { token: right.adminToken }),
    ...(right.invite === undefined ? {} : { query: { iid: right.invite } }),
    json: { ...account, disable_welcome_email: true },
  });
  return textField(value, "id", sent);
}

/** Marks the mail address of an account as verified, which takes an administrator. */
export async function verifyMail(site: Site, userId: string, adminToken: string): Promise<void> {
  await post(site, `/users/${userId}/email/verify/member`, { token: adminToken });
}

/** Signs in as a person does, with a name and a password. */
export async function signIn(site: Site, { username, password }: Account): Promise<Session> {
  const path = "/api/v4/users/login";
  const body = { login_id: username, password };
  const answer = await site.request({ method: "POST", path, ...jsonBody(body) });
  const value = parseAnswer(answer);
  const token = textField(answer.headers, "token", answer.sent);
  return { userId: textField(value, "id", answer.sent), token };
}

/** Makes an open team. */
export async function createTeam(site: Site, session: Session, name: string): Promise<Team> {
  const json = { name, display_name: `Basic test ${name}`, type: "O" };
  const { sent, value } = await post(site, "/teams", { token: session.token, json });
  return { id: textField(value, "id", sent), name };
}

/**
 * Reads the invite id of a team. Since 10.11.11, 11.2.3, 11.3.1 and 11.4.0 the answer to its making
 * leaves it out for who may not invite, so it is read again, and made anew where it is still missing.
 */
export async function readInvite(
  site: Site,
  { id }: Team,
  tokens: readonly string[],
): Promise<string> {
  for (const token of tokens) {
    const { value } = await get(site, `/teams/${id}`, token);
    const invite = fieldsOf(value)["invite_id"];
    if (typeof invite === "string" && invite !== "") return invite;
  }
  const { sent, value } = await post(site, `/teams/${id}/regenerate_invite_id`, {
    token: tokens[0] ?? "",
  });
  return textField(value, "invite_id", sent);
}

/** The id of the channel that every team begins with. */
export async function readTownSquare(site: Site, token: string, team: Team): Promise<string> {
  const path = `/teams/${team.id}/channels/name/town-square`;
  const { sent, value } = await get(site, path, token);
  return textField(value, "id", sent);
}

/** A post; an answer to another one where it has a `rootId`. */
export interface NewPost {
  readonly channelId: string;
  readonly message: string;
  readonly rootId?: string;
  readonly fileIds?: readonly string[];
}

/** Posts, and returns the id of the post. */
export async function createPost(site: Site, token: string, content: NewPost): Promise<string> {
  const { channelId, message, rootId = "", fileIds = [] } = content;
  const json = { channel_id: channelId, message, root_id: rootId, file_ids: fileIds };
  const { sent, value } = await post(site, "/posts", { token, json });
  return textField(value, "id", sent);
}

/** The ids of the posts of a thread. */
export async function readThread(
  site: Site,
  token: string,
  rootId: string,
): Promise<readonly string[]> {
  const { value } = await get(site, `/posts/${rootId}/thread`, token);
  return Object.keys(fieldsOf(fieldsOf(value)["posts"]));
}

async function get(site: Site, path: string, token: string) {
  const answer = await site.request({ method: "GET", path: `/api/v4${path}`, token });
  return { sent: answer.sent, value: parseAnswer(answer) };
}

async function post(
  site: Site,
  path: string,
  { json = {}, ...request }: Pick<SiteRequest, "token" | "query"> & { readonly json?: object },
) {
  const full = { method: "POST", path: `/api/v4${path}`, ...request, ...jsonBody(json) } as const;
  const answer = await site.request(full);
  return { sent: answer.sent, value: parseAnswer(answer) };
}

function jsonBody(json: object): Pick<SiteRequest, "contentType" | "body"> {
  return { contentType: "application/json", body: Buffer.from(JSON.stringify(json)) };
}
