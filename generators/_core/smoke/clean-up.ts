import { attempt } from "./attempt.ts";
import type { CleanUp } from "./report.ts";
import { refusedAnswer } from "./site/site-answer.ts";
import type { Site } from "./site/site-client.ts";
import type { Made } from "./steps/visit.ts";

/** One way to get rid of something. */
interface Way {
  readonly token: string;
  readonly isPermanent: boolean;
}

/**
 * Removes what a test made, or archives and deactivates it, as far as the server allows: the team
 * first, then the accounts, the last one first. What it cannot do it says.
 *
 * @param adminToken Of the administrator, where there is one.
 */
export async function cleanUp(
  site: Site,
  made: readonly Made[],
  adminToken: string | undefined,
): Promise<CleanUp> {
  const tokens = new Map(
    made.flatMap((one) => (one.kind === "session" ? [[one.userId, one.token] as const] : [])),
  );
  const first = tokens.values().next().value;
  const results: CleanUp[] = [];
  for (const one of made.toReversed().toSorted(teamsFirst)) {
    if (one.kind === "session") continue;
    // The first account made the team, and is an administrator where it was the server's first.
    const own = one.kind === "account" ? [first, tokens.get(one.userId)] : [first];
    results.push(await remove(site, targetOf(one), waysOf(adminToken, own)));
  }
  await signOut(site, [...tokens.values()]);
  return {
    done: results.flatMap(({ done }) => done),
    left: results.flatMap(({ left }) => left),
  };
}

/** Something to get rid of, in the server's words and in ours. */
interface Target {
  readonly path: string;
  readonly what: string;
  /** What it is when it could not be removed for good. */
  readonly done: string;
  readonly mend: string;
}

function targetOf(made: Exclude<Made, { readonly kind: "session" }>): Target {
  if (made.kind === "team") {
    const { id, name } = made;
    const mend = `mmctl team archive ${name}`;
    return { path: `/teams/${id}`, what: `team ${name}`, done: "archived", mend };
  }
  const { userId, username } = made;
  const mend = `mmctl user deactivate ${username}`;
  return { path: `/users/${userId}`, what: `account ${username}`, done: "deactivated", mend };
}

function waysOf(
  adminToken: string | undefined,
  own: readonly (string | undefined)[],
): readonly Way[] {
  const asOwner = [...new Set(own)].flatMap((token) => (token === undefined ? [] : [token]));
  return [
    ...(adminToken === undefined ? [] : [{ token: adminToken, isPermanent: true }]),
    ...[...(adminToken === undefined ? [] : [adminToken]), ...asOwner].map((token) => ({
      token,
      isPermanent: false,
    })),
  ];
}

/** A clean-up that was not asked for. */
export function keep(made: readonly Made[]): CleanUp {
  const left = made.flatMap((one) => {
    if (one.kind === "session") return [];
    return [`kept ${one.kind === "team" ? `team ${one.name}` : `account ${one.username}`}`];
  });
  return { done: [], left };
}

function teamsFirst(one: Made, other: Made): number {
  return Number(other.kind === "team") - Number(one.kind === "team");
}

async function remove(
  site: Site,
  { path, what, done, mend }: Target,
  ways: readonly Way[],
): Promise<CleanUp> {
  let reason = "nobody is signed in who could";
  for (const { token, isPermanent } of ways) {
    const query = isPermanent ? { query: { permanent: "true" } } : {};
    const request = { method: "DELETE", path: `/api/v4${path}`, token, ...query } as const;
    const { value: answer, trouble } = await attempt(() => site.request(request));
    if (answer?.status === 200)
      return { done: [`${what} ${isPermanent ? "removed" : done}`], left: [] };
    reason = (trouble ?? refusedAnswer(answer)).received;
  }
  return { done: [], left: [`${what} could not be ${done} (${reason}); on the server: ${mend}`] };
}

/** Ends the sessions, so that no token outlives the test; those of deactivated accounts are over. */
async function signOut(site: Site, tokens: readonly string[]): Promise<void> {
  for (const token of tokens) {
    await attempt(() => site.request({ method: "POST", path: "/api/v4/users/logout", token }));
  }
}
