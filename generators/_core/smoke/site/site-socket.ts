import { Agent as HttpAgent, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { WebSocket, type ClientOptions, type RawData } from "ws";
import { errorCode } from "../../user-error.ts";
import { ownTrouble, SiteTrouble, type OwnCode } from "../trouble.ts";
import { oneLine, refusedAnswer } from "./site-answer.ts";

/** How a websocket is opened. */
export interface SocketAccess {
  readonly url: string;
  readonly origin: string;
  /** How long an answer may take, in seconds. */
  readonly timeout: number;
  /** Certificate authorities, PEM. */
  readonly ca?: readonly string[];
}

/** A message of the server, parsed no further than that it is an object. */
export type SocketMessage = Readonly<Record<string, unknown>>;

/** An open websocket. Each promise rejects with SiteTrouble when it closes meanwhile. */
export interface SiteSocket {
  /** What was sent to open it, in words. */
  readonly sent: string;
  send(message: SocketMessage): void;
  /** The first message, past or to come, that matches; without one in time, trouble with the code. */
  expect(
    matches: (message: SocketMessage) => boolean,
    code: OwnCode,
    what: string,
  ): Promise<SocketMessage>;
  /** Waits without sending anything, so that time limits of proxies run out. */
  stayOpen(seconds: number): Promise<void>;
  close(): void;
}

/**
 * Opens a websocket.
 *
 * @throws SiteTrouble when the site answers with anything but 101, or not at all.
 */
export function openSocket({ url, origin, timeout, ca }: SocketAccess): Promise<SiteSocket> {
  const sent = `GET ${url} with Origin: ${origin}`;
  const options: ClientOptions = {
    origin,
    // A connection of its own: a pool would keep one that was refused until the proxy gives it up.
    agent: url.startsWith("wss:") ? new HttpsAgent() : new HttpAgent(),
    handshakeTimeout: timeout * 1000,
    ...(ca ? { ca: [...ca] } : {}),
  };
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, options);
    const made = socketOf(socket, sent, timeout);
    socket.once("open", () => resolve(made));
    socket.on("unexpected-response", (_request, response) => {
      void refusal(sent, response).then(reject, reject);
    });
    socket.on("error", (error) => reject(failure(sent, timeout, error)));
  });
}

function socketOf(socket: WebSocket, sent: string, timeout: number): SiteSocket {
  const messages: SocketMessage[] = [];
  const since = performance.now();
  let closing: SiteTrouble | undefined;
  socket.on("message", (data) => messages.push(parse(data)));
  socket.on("close", (code, reason) => {
    const after = ((performance.now() - since) / 1000).toFixed(1);
    const why = reason.length > 0 ? `: ${reason.toString("utf8")}` : "";
    const received = `closed ${after} seconds after it was opened, code ${code}${why}`;
    closing = ownTrouble("websocket-closed", { kind: "websocket", sent, received });
  });
  const watch = <T>(seconds: number, find: () => T | undefined) =>
    watchSocket(socket, seconds, find, () => closing);
  return {
    sent,
    send: (message) => socket.send(JSON.stringify(message)),
    async expect(matches, code, what) {
      const found = await watch(timeout, () => messages.find(matches));
      if (found !== undefined) return found;
      const received = `no ${what} within ${timeout} seconds, and ${messages.length} other messages`;
      throw ownTrouble(code, { kind: "websocket", sent, received });
    },
    async stayOpen(seconds) {
      await watch(seconds, () => undefined);
    },
    close: () => socket.terminate(),
  };
}

/** Looks after each message until it finds something, the time is over or the websocket closed. */
function watchSocket<T>(
  socket: WebSocket,
  seconds: number,
  find: () => T | undefined,
  closing: () => SiteTrouble | undefined,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      socket.off("message", look).off("close", look);
    };
    const look = () => {
      const found = find();
      const trouble = closing();
      if (found === undefined && trouble === undefined) return;
      stop();
      if (found !== undefined) resolve(found);
      else if (trouble) reject(trouble);
    };
    const timer = setTimeout(() => {
      stop();
      resolve(undefined);
    }, seconds * 1000);
    socket.on("message", look).on("close", look);
    look();
  });
}

function parse(data: RawData): SocketMessage {
  try {
    const value: unknown = JSON.parse(textOf(data));
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString("utf8");
  return (data instanceof ArrayBuffer ? Buffer.from(data) : data).toString("utf8");
}

async function refusal(sent: string, response: IncomingMessage): Promise<SiteTrouble> {
  const chunks: Buffer[] = [];
  response.on("data", (chunk: Buffer) => chunks.push(chunk));
  // A proxy keeps the connection open after its answer: the end of that is enough.
  await new Promise((resolve) => response.once("end", resolve).once("close", resolve));
  const { statusCode: status = 0, statusMessage: statusText = "", headers } = response;
  const answer = { sent, status, statusText, headers, body: Buffer.concat(chunks) };
  return new SiteTrouble({ ...refusedAnswer(answer), kind: "websocket" });
}

function failure(sent: string, timeout: number, cause: Error): SiteTrouble {
  const isLate = cause.message.includes("handshake has timed out");
  const code = isLate ? "timeout" : errorCode(cause);
  const received = isLate
    ? `no answer within ${timeout} seconds`
    : `no websocket: ${oneLine(cause.message) || cause.name}`;
  const trouble = { kind: "websocket", sent, received, status: undefined } as const;
  return new SiteTrouble({ ...trouble, code, isFromServer: false }, cause);
}
