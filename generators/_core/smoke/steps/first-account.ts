import { createPost, createTeam, readTownSquare, type Team } from "../server-calls.ts";
import { enter, type Visit, type Visitor } from "./visit.ts";

/** What the first account leaves for the other steps. */
export interface Beginning {
  readonly first: Visitor;
  readonly team: Team;
  readonly channelId: string;
  /** The post that the others answer. */
  readonly rootId: string;
}

/**
 * The first part of the test. Where the server is closed an administrator makes the account, or it
 * comes with the invite of a team that is there; it creates a team of its own all the same, so that
 * the test is the program's and nothing is posted among other people.
 *
 * @throws SiteTrouble when the site does not play along.
 */
export async function firstAccount(visit: Visit): Promise<Beginning> {
  const { site, run, adminToken, invite } = visit;
  const first = await enter(visit, 1, adminToken === undefined ? { invite } : { adminToken });
  const team = await createTeam(site, first, `smoke-${run}`);
  visit.remember({ kind: "team", ...team });
  const channelId = await readTownSquare(site, first.token, team);
  const rootId = await createPost(site, first.token, { channelId, message: "Basic test: hello" });
  return { first, team, channelId, rootId };
}
