import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { WebSocket } from "ws";
import { isObject, type Json } from "./server/json.ts";

/** An answer of the API. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The body, when it is an object of JSON; empty otherwise. */
  readonly json: Json;
  readonly bytes: Buffer;
}

/** Calls the API of a site; a body that is no form and no bytes is sent as JSON. */
export async function callApi(
  site: string,
  line: string,
  options: { readonly token?: string; readonly body?: unknown; readonly host?: string } = {},
): Promise<ApiAnswer> {
  const [method = "GET", path = ""] = line.split(" ");
  const { token, body } = options;
  const response = await fetch(`${site}/api/v4${path}`, {
    method,
    headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
    ...(body === undefined
      ? {}
      : {
          body:
            body instanceof FormData || body instanceof Uint8Array ? body : JSON.stringify(body),
        }),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, json: jsonOf(bytes), bytes };
}

function jsonOf(bytes: Buffer): Json {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** An account that is signed in. */
export interface Account {
  readonly id: string;
  readonly token: string;
}

/** A password that every server takes. */
export const password = "Correct-Horse-Battery-1";

/** Makes an account, with an invite id or with an administrator's token, and signs it in. */
export async function makeAccount(
  site: string,
  name: string,
  by: { readonly invite?: string; readonly token?: string } = {},
): Promise<Account> {
  const invite = by.invite === undefined ? "" : `?iid=${by.invite}`;
  const body = { email: `${name}@example.org`, username: name, password };
  const made = await callApi(site, `POST /users${invite}`, { body, ...tokenOf(by.token) });
  if (made.status !== 201) throw new Error(`${name}: ${made.bytes.toString()}`);
  return { id: String(made.json["id"]), token: await signIn(site, name) };
}

const tokenOf = (token: string | undefined) => (token === undefined ? {} : { token });

/** Signs in and returns the token. */
export async function signIn(site: string, name: string, word = password): Promise<string> {
  const body = { login_id: name, password: word };
  const answer = await callApi(site, "POST /users/login", { body });
  const token = answer.headers.get("token");
  if (token === null) throw new Error(`${name}: ${answer.bytes.toString()}`);
  return token;
}

/** What a websocket got until it was closed or had been open for some milliseconds. */
export interface Heard {
  /** 101, or what the upgrade was refused with. */
  readonly status: number;
  readonly messages: readonly Json[];
  readonly dropped: boolean;
}

/** Opens a websocket of a site and authenticates it, does something, and tells what came. */
export async function listen(
  site: string,
  options: {
    readonly origin?: string;
    readonly token?: string;
    readonly meanwhile?: () => Promise<unknown>;
    readonly milliseconds?: number;
  },
): Promise<Heard> {
  const { origin, token, meanwhile, milliseconds = 600 } = options;
  const address = `${site.replace(/^http/, "ws")}/api/v4/websocket`;
  const socket = new WebSocket(address, origin === undefined ? {} : { origin });
  const messages: Json[] = [];
  const refused = new Promise<number>((resolve) => {
    socket.on("unexpected-response", (_request, { statusCode = 0 }) => resolve(statusCode));
  });
  socket.on("error", () => {});
  socket.on("message", (data: Buffer) => messages.push(jsonOf(data)));
  const status = await Promise.race([refused, once(socket, "open").then(() => 101)]);
  if (status !== 101) return { status, messages, dropped: false };
  const data = { token };
  if (token !== undefined)
    socket.send(JSON.stringify({ seq: 1, action: "authentication_challenge", data }));
  await setTimeout(milliseconds / 2);
  await meanwhile?.();
  await setTimeout(milliseconds / 2);
  const dropped = socket.readyState !== WebSocket.OPEN;
  socket.terminate();
  return { status, messages, dropped };
}
