import { createPost, readInvite, readTownSquare } from "../server-calls.ts";
import type { Beginning } from "./first-account.ts";
import { enter, type Visit, type Visitor } from "./visit.ts";

/** What the second account leaves for the other steps. */
export interface Reply {
  readonly second: Visitor;
  readonly replyId: string;
}

/**
 * The second part of the test.
 *
 * @throws SiteTrouble when the site does not play along.
 */
export async function secondAccount(
  visit: Visit,
  { first, team, rootId }: Beginning,
): Promise<Reply> {
  const { site, adminToken } = visit;
  const tokens = [first.token, ...(adminToken === undefined ? [] : [adminToken])];
  const second = await enter(visit, 2, { invite: await readInvite(site, team, tokens) });
  // Read again by the second account: only a member of the team finds its channel.
  const channelId = await readTownSquare(site, second.token, team);
  const reply = { channelId, rootId, message: "Basic test: a reply" };
  return { second, replyId: await createPost(site, second.token, reply) };
}
