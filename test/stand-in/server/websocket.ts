import type { IncomingMessage } from "node:http";
import { hostname } from "node:os";
import type { Duplex } from "node:stream";
import { WebSocketServer, type RawData, type WebSocket } from "ws";
import {
  siteHasFault,
  tokenOf,
  userOfToken,
  versionId,
  type SendEvent,
  type Site,
} from "./site.ts";
import { isObject, parseObject, textAt } from "./json.ts";
import { newId } from "./new-id.ts";

/** Seconds between two pings, and how long a socket may stay without a session (mattermost.md 8). */
const pingEvery = 60;
const sessionWithin = 5;

interface Connection {
  readonly socket: WebSocket;
  readonly id: string;
  user: string;
  sequence: number;
}

/** The websockets at `/api/v4/websocket`, by user. */
export class Sockets {
  private readonly upgrades = new WebSocketServer({ noServer: true });
  private readonly connections = new Set<Connection>();

  /** Sends an event to all sockets of some users. */
  readonly send: SendEvent = (users, event, data, to) => {
    for (const connection of this.connections)
      if (users.includes(connection.user)) sendEvent(connection, event, data, to);
  };

  /** Takes an upgrade request: refuses a foreign origin, or opens a socket. */
  async take(site: Site, request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    const origin = request.headers.origin;
    if (origin !== undefined && !isAllowed(site, origin, request.headers.host ?? "")) {
      stream.end(refusal(origin));
      return;
    }
    const user = await userOfToken(site, tokenOf(request));
    this.upgrades.handleUpgrade(request, stream, head, (socket) => {
      const connection = { socket, id: newId(), user: "", sequence: 0 };
      this.keep(site, connection);
      if (user !== undefined) this.greet(site, connection, String(user["id"]));
    });
  }

  /** Closes all sockets. */
  close(): void {
    for (const { socket } of this.connections) socket.terminate();
  }

  private keep(site: Site, connection: Connection): void {
    const { socket } = connection;
    this.connections.add(connection);
    const unknown = setTimeout(() => {
      if (connection.user === "") socket.terminate();
    }, sessionWithin * 1000);
    const pings = setInterval(() => socket.ping(), pingEvery * 1000);
    socket.on("message", (message) => {
      this.hear(site, connection, message).catch(() => socket.terminate());
    });
    socket.on("error", () => socket.terminate());
    socket.on("close", () => {
      clearTimeout(unknown);
      clearInterval(pings);
      this.connections.delete(connection);
    });
  }

  // Observed: hello comes before the answer to the challenge; a wrong token closes the socket.
  private greet(site: Site, connection: Connection, user: string): void {
    connection.user = user;
    const hello = {
      connection_id: connection.id,
      server_hostname: hostname(),
      server_version: versionId(site),
    };
    sendEvent(connection, "hello", hello, { user_id: user });
    if (siteHasFault(site, "drops-websockets"))
      setTimeout(() => connection.socket.terminate(), 300);
  }

  // Read in the source (ServeWebSocket): what is answered to which request.
  private async hear(site: Site, connection: Connection, message: RawData): Promise<void> {
    const text = Buffer.isBuffer(message) ? message.toString() : "";
    const request = parseObject(text);
    const action = textAt(request, "action");
    const seq = typeof request["seq"] === "number" ? request["seq"] : 0;
    const data = isObject(request["data"]) ? request["data"] : {};
    const answer = (body: Readonly<Record<string, unknown>>) =>
      connection.socket.send(`${JSON.stringify(body)}\n`);
    const fail = (id: string, status: number) =>
      answer({ status: "FAIL", error: { id, message: id, status_code: status }, seq_reply: seq });
    if (action === "") fail("api.web_socket_router.no_action.app_error", 400);
    else if (seq <= 0) fail("api.web_socket_router.bad_seq.app_error", 400);
    else if (action === "authentication_challenge") {
      if (connection.user !== "") return;
      const user = await userOfToken(site, textAt(data, "token"));
      if (user === undefined) throw new Error("no session");
      this.greet(site, connection, String(user["id"]));
      answer({ status: "OK", seq_reply: seq });
    } else if (connection.user === "")
      fail("api.web_socket_router.not_authenticated.app_error", 401);
    else if (action === "ping")
      answer({
        status: "OK",
        data: { text: "pong", version: site.release.version, server_time: Date.now() },
        seq_reply: seq,
      });
    else fail("api.web_socket_router.bad_action.app_error", 500);
  }
}

function sendEvent(
  connection: Connection,
  event: string,
  data: Readonly<Record<string, unknown>>,
  to: Readonly<Record<string, unknown>>,
): void {
  const nobody = { omit_users: null, user_id: "", channel_id: "", team_id: "" };
  const broadcast = { ...nobody, connection_id: "", omit_connection_id: "", ...to };
  connection.socket.send(
    `${JSON.stringify({ event, data, broadcast, seq: connection.sequence })}\n`,
  );
  connection.sequence += 1;
}

// Read in the source (OriginChecker) and observed: with a SiteURL the origin must be
// that of the site, scheme included; without one its host must be the one that was asked for.
// AllowCorsFrom adds origins, * all of them.
function isAllowed({ configuration }: Site, origin: string, host: string): boolean {
  const { AllowCorsFrom, SiteURL } = configuration.settings.ServiceSettings;
  if (AllowCorsFrom === "*") return true;
  if (!URL.canParse(origin)) return false;
  const [from, site] = [new URL(origin), URL.canParse(SiteURL) ? new URL(SiteURL) : undefined];
  if (AllowCorsFrom.split(/\s+/).some((allowed) => allowed === from.origin)) return true;
  return site === undefined ? from.host === host.toLowerCase() : from.origin === site.origin;
}

// Observed: the websocket library answers 403 in plain text, and the error of the API comes
// after it in the same body.
function refusal(origin: string): string {
  const error = {
    id: "api.web_socket.connect.upgrade.app_error",
    message: `URL Blocked because of CORS. Url: ${origin}`,
    detailed_error: "",
    request_id: newId(),
    status_code: 400,
  };
  const body = `Forbidden\n${JSON.stringify(error)}`;
  return [
    "HTTP/1.1 403 Forbidden",
    "Content-Type: text/plain; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
    "",
    body,
  ].join("\r\n");
}
