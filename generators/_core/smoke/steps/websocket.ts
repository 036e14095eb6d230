import { fieldsOf } from "../site/site-answer.ts";
import type { Site } from "../site/site-client.ts";
import type { SiteSocket, SocketMessage } from "../site/site-socket.ts";
import { ownTrouble } from "../trouble.ts";

/**
 * Opens a websocket as the site's own page does, and signs it in.
 *
 * @see https://developers.mattermost.com/api-documentation/#/#websocket
 * @throws SiteTrouble when the site does not play along.
 */
export async function listen(site: Site, token: string): Promise<SiteSocket> {
  const socket = await site.openSocket(site.address.origin);
  socket.send({ seq: 1, action: "authentication_challenge", data: { token } });
  const reply = await socket.expect(isReplyTo(1), "websocket-silent", "answer to the sign-in");
  if (reply["status"] !== "OK") {
    const error = fieldsOf(reply["error"])["message"];
    const reason = typeof error === "string" ? error : "no reason given";
    const received = `status ${String(reply["status"])}: ${reason}`;
    const { sent } = socket;
    throw ownTrouble("websocket-refused-session", { kind: "websocket", sent, received });
  }
  await socket.expect(({ event }) => event === "hello", "websocket-silent", "event “hello”");
  return socket;
}

/**
 * Waits for the event of a post, then without a word for the time to hold, then for an answer.
 *
 * @throws SiteTrouble when the websocket is closed or silent.
 */
export async function follow(socket: SiteSocket, postId: string, hold: number): Promise<void> {
  await socket.expect(isPosted(postId), "websocket-lost-post", "event of the second user's post");
  await socket.stayOpen(hold);
  socket.send({ seq: 2, action: "ping" });
  await socket.expect(isReplyTo(2), "websocket-silent", "answer to a ping");
}

function isReplyTo(seq: number) {
  return (message: SocketMessage) => message["seq_reply"] === seq;
}

/** The post stands in the event as a JSON text. */
function isPosted(postId: string) {
  return ({ event, data }: SocketMessage) => {
    const { post } = fieldsOf(data);
    if (event !== "posted" || typeof post !== "string") return false;
    return fieldsOf(JSON.parse(post))["id"] === postId;
  };
}
