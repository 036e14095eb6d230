import { attempt, type Attempt } from "../attempt.ts";
import type { Site } from "../site/site-client.ts";
import type { SiteSocket } from "../site/site-socket.ts";
import type { Trouble } from "../trouble.ts";
import type { Reply } from "./second-account.ts";
import { follow } from "./websocket.ts";

/** What the fourth part looks at. */
export interface Listening {
  readonly site: Site;
  /**
   * What came of opening the websocket before the second account replied; `undefined` when the first
   * account did not get so far.
   */
  readonly socket: Attempt<SiteSocket> | undefined;
  /** `undefined` when the second account did not get so far. */
  readonly reply: Reply | undefined;
  /** How long the websocket is left idle, in seconds. */
  readonly hold: number;
}

/** The fourth part of the test: everything that went wrong, or why it cannot be told. */
export async function findErrors(listening: Listening): Promise<readonly Trouble[] | string> {
  const { site, socket, reply } = listening;
  const silent = await findSocketTrouble(listening);
  const errors = site.serverErrors();
  const others = errors.filter((trouble) => trouble !== silent);
  const troubles = [...(silent ? [silent] : []), ...summary(others)];
  if (troubles.length > 0 || reply) return troubles;
  return socket ? "there was no reply to deliver" : "the first account did not get so far";
}

async function findSocketTrouble({ socket, reply, hold }: Listening): Promise<Trouble | undefined> {
  if (!socket || socket.trouble) return socket?.trouble;
  if (!reply) return undefined;
  const { trouble } = await attempt(() => follow(socket.value, reply.replyId, hold));
  return trouble;
}

function summary([first, ...others]: readonly Trouble[]): readonly Trouble[] {
  if (!first) return [];
  const more = others.length === 0 ? "" : ` (and ${others.length} more answers of that kind)`;
  return [{ ...first, received: `${first.received}${more}` }];
}
