import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { onTestFinished } from "vitest";
import { WebSocketServer, type WebSocket } from "ws";
import { listenAnywhere } from "./listen.ts";

/** What a fake site does otherwise than it should. */
export interface Faults {
  /** Answers by method and path, ids written as `:id`: `POST /users` → status and body. */
  readonly answers?: Readonly<Record<string, readonly [status: number, body?: object | string]>>;
  /** Fields of the client configuration. */
  readonly config?: Readonly<Record<string, string>>;
  /** What the site does with a request to open a websocket: a status, or what happens afterwards. */
  readonly websocket?:
    400 | 403 | 426 | "drops" | "mute" | "loses-posts" | "refuses-session" | "any-origin";
  /** Alters what is read back. */
  readonly file?: "altered" | "no-thumbnail";
}

/** A site of a test. */
export interface FakeSite {
  readonly url: string;
  /** Every request so far: `POST /users?iid=invite as admin`. */
  readonly requests: readonly string[];
}

const versionHeader = { "X-Version-Id": "11.7.9.11.7.9.abc.false" };

/** Starts a server on loopback that knows just what the basic test asks of it. */
export async function startFakeSite(faults: Faults = {}): Promise<FakeSite> {
  const requests: string[] = [];
  const sockets = new WebSocketServer({ noServer: true });
  const state: State = { files: new Map(), ids: 0, posted: () => {} };
  const server = createServer((request, response) => {
    void readBody(request).then((body) =>
      answer({ request, response, body, faults, state, requests }),
    );
  });
  server.on("upgrade", (request, socket, head) => {
    const { websocket } = faults;
    const isForeign = request.headers.origin !== `http://${request.headers.host ?? ""}`;
    const refused = typeof websocket === "number" ? websocket : 403;
    if (typeof websocket === "number" || (isForeign && websocket !== "any-origin")) {
      socket.end(`HTTP/1.1 ${refused} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => serveSocket(client, faults, state));
  });
  const port = await listenAnywhere(server);
  onTestFinished(() => {
    for (const client of sockets.clients) client.terminate();
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${port}`, requests };
}

interface State {
  readonly files: Map<string, Buffer>;
  ids: number;
  posted: (post: object) => void;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: Buffer;
  readonly faults: Faults;
  readonly state: State;
  readonly requests: string[];
}

function serveSocket(client: WebSocket, { websocket }: Faults, state: State): void {
  const send = (message: object) => client.send(JSON.stringify(message));
  client.on("message", (data: Buffer) => {
    const { seq, action }: { seq: number; action: string } = JSON.parse(data.toString("utf8"));
    if (websocket === "mute") return;
    if (websocket === "refuses-session") {
      send({ status: "FAIL", seq_reply: seq, error: { message: "no such session" } });
      return;
    }
    if (action === "authentication_challenge") send({ event: "hello", data: {} });
    send({ status: "OK", seq_reply: seq });
    if (websocket === "drops") setTimeout(() => client.close(1001), 30);
  });
  state.posted = (post) => {
    if (websocket !== "loses-posts")
      send({ event: "posted", data: { post: JSON.stringify(post) } });
  };
}

function answer({ request, response, body, faults, state, requests }: Exchange): void {
  const url = new URL(request.url ?? "", "http://site");
  const path = url.pathname.replace(/^\/api\/v4/, "");
  const token = (request.headers.authorization ?? "").replace("Bearer ", "");
  requests.push(
    `${request.method ?? ""} ${path}${url.search}${token === "" ? "" : ` as ${token}`}`,
  );
  const key = `${request.method ?? ""} ${path.replace(/\bid\d+/g, ":id")}`;
  const [status, value] = faults.answers?.[key] ?? reply(key, path, { body, faults, state, token });
  const isPage = typeof value === "string";
  const bytes = Buffer.isBuffer(value) ? value : isPage ? value : JSON.stringify(value ?? {});
  const session = key === "POST /users/login" ? { Token: `token${state.ids}` } : {};
  response.writeHead(status, { ...(isPage ? {} : versionHeader), ...session }).end(bytes);
}

function reply(
  key: string,
  path: string,
  { body, faults, state, token }: Pick<Exchange, "body" | "faults" | "state"> & { token: string },
): readonly [number, unknown?] {
  const id = () => `id${(state.ids += 1)}`;
  switch (key) {
    case "GET /system/ping":
      return [200, { status: "OK" }];
    case "GET /config/client":
      return [200, { BuildEnterpriseReady: "false", NoAccounts: "false", ...faults.config }];
    case "GET /users/me":
      return [200, { roles: token === "admin" ? "system_user system_admin" : "system_user" }];
    case "GET /teams/:id":
      return [200, { id: path.slice(7), invite_id: "invite" }];
    case "POST /posts": {
      const post = { ...JSON.parse(body.toString("utf8")), id: id() };
      state.posted(post);
      state.files.set("thread", Buffer.from(post.id));
      return [201, post];
    }
    case "GET /posts/:id/thread":
      return [200, { posts: { [String(state.files.get("thread"))]: {} } }];
    case "POST /files": {
      const name = id();
      const start = body.indexOf("\r\n\r\n", body.indexOf("image/png")) + 4;
      state.files.set(name, body.subarray(start, body.lastIndexOf("\r\n--")));
      return [201, { file_infos: [{ id: name }] }];
    }
    case "GET /files/:id":
      return [200, faults.file === "altered" ? Buffer.from("x") : state.files.get(path.slice(7))];
    case "GET /files/:id/thumbnail":
      return [200, Buffer.from(faults.file === "no-thumbnail" ? "x" : "\u0089PNG\r\n", "latin1")];
    default:
      return [key.startsWith("POST") ? 201 : 200, { id: id() }];
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  await new Promise((resolve) => request.on("end", resolve));
  return Buffer.concat(chunks);
}
