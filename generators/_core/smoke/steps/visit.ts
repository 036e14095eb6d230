import { makeAccount, type Account, type RandomText } from "../account.ts";
import {
  signIn,
  signUp,
  verifyMail,
  type Session,
  type SignUpRight,
  type Team,
} from "../server-calls.ts";
import type { Site } from "../site/site-client.ts";
import { SiteTrouble } from "../trouble.ts";

/** A test under way. */
export interface Visit {
  readonly site: Site;
  /** Part of every name that the test makes up: lower-case letters and digits. */
  readonly run: string;
  readonly random: RandomText;
  readonly adminToken: string | undefined;
  /** The invite id of a team that is there already: it lets the first account in. */
  readonly invite: string | undefined;
  /** Takes note of what has to be tidied up. */
  readonly remember: (made: Made) => void;
}

/** Something that the test made on the server. */
export type Made =
  | { readonly kind: "account"; readonly userId: string; readonly username: string }
  | { readonly kind: "session"; readonly userId: string; readonly token: string }
  | ({ readonly kind: "team" } & Team);

/** An account of the test that is signed in. */
export interface Visitor extends Session {
  readonly account: Account;
}

/** Signs an account up and in. */
export async function enter(visit: Visit, number: 1 | 2, right: SignUpRight): Promise<Visitor> {
  const account = makeAccount(visit.run, number, visit.random);
  const userId = await signUp(visit.site, account, right);
  visit.remember({ kind: "account", userId, username: account.username });
  const session = await signInVerified(visit, account, userId);
  visit.remember({ kind: "session", ...session });
  return { account, ...session };
}

/** An administrator can say that the mail address is right, in the place of a click in a mail. */
async function signInVerified(
  { site, adminToken }: Visit,
  account: Account,
  userId: string,
): Promise<Session> {
  try {
    return await signIn(site, account);
  } catch (error) {
    const isUnverified =
      error instanceof SiteTrouble &&
      error.trouble.code === "api.user.login.not_verified.app_error";
    if (!isUnverified || adminToken === undefined) throw error;
    await verifyMail(site, userId, adminToken);
    return signIn(site, account);
  }
}
