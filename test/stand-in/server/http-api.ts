import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import { ApiError, noSession } from "./api-error.ts";
import { parseObject } from "./json.ts";
import { newId } from "./new-id.ts";
import { installation } from "./release.ts";
import {
  apiRoot,
  siteHasFault,
  tokenOf,
  userOfToken,
  versionId,
  type Answer,
  type Call,
  type Endpoint,
  type Site,
} from "./site.ts";

/** The HTTP server; over the local socket everybody is an administrator. */
export function apiServer(site: Site, endpoints: readonly Endpoint[], isLocal: boolean): Server {
  return createServer((request, response) => {
    answerRequest(site, endpoints, isLocal, request, response).catch((error: unknown) => {
      site.log.write("error", "The answer could not be sent", { error: String(error) });
      response.destroy();
    });
  });
}

async function answerRequest(
  site: Site,
  endpoints: readonly Endpoint[],
  isLocal: boolean,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const requestId = newId();
  response.setHeader("X-Request-Id", requestId);
  try {
    const { status = 200, headers = {}, body } = await answerOf(site, endpoints, isLocal, request);
    response.setHeader("X-Version-Id", versionId(site));
    response.writeHead(status, {
      "Content-Type": typeof body === "string" ? "text/html" : "application/json",
      ...headers,
    });
    response.end(typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body));
  } catch (error) {
    sendError(site, request, response, requestId, error);
  }
}

function sendError(
  site: Site,
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
  error: unknown,
): void {
  const known =
    error instanceof ApiError
      ? error
      : new ApiError(500, "api.internal_error", "An internal error has occurred.");
  if (known !== error)
    site.log.write("error", String(error), { path: request.url, request_id: requestId });
  const isUnknownPath = known.id === "api.context.404.app_error";
  if (!isUnknownPath) response.setHeader("X-Version-Id", versionId(site));
  response.writeHead(known.status, { "Content-Type": "application/json" }).end(
    JSON.stringify({
      id: known.id,
      message: known.message,
      detailed_error: isUnknownPath
        ? `There doesn't appear to be an api call for the url='${request.url ?? ""}'.`
        : "",
      ...(isUnknownPath ? {} : { request_id: requestId }),
      status_code: known.status,
    }),
  );
}

async function answerOf(
  site: Site,
  endpoints: readonly Endpoint[],
  isLocal: boolean,
  request: IncomingMessage,
): Promise<Answer> {
  const url = new URL(request.url ?? "/", "http://site");
  // Observed: every other path is the web client.
  if (!url.pathname.startsWith(`${apiRoot}/`))
    return { body: readFileSync(join(installation, "client/root.html"), "utf8") };
  const path = url.pathname.slice(apiRoot.length);
  for (const endpoint of endpoints) {
    const params = endpoint.method === request.method ? matched(endpoint.path, path) : undefined;
    if (params === undefined) continue;
    if (path !== "/system/ping" && siteHasFault(site, "answers-500"))
      throw new ApiError(500, "stand_in.fault", "A fault that was asked for.");
    return endpoint.answer(await callOf(site, endpoint, params, url, isLocal, request));
  }
  throw new ApiError(404, "api.context.404.app_error", "Sorry, we could not find the page.");
}

async function callOf(
  site: Site,
  endpoint: Endpoint,
  params: Readonly<Record<string, string>>,
  url: URL,
  isLocal: boolean,
  request: IncomingMessage,
): Promise<Call> {
  const token = tokenOf(request);
  const user = isLocal ? { id: "", roles: "system_admin" } : await userOfToken(site, token);
  if (user === undefined && endpoint.open !== true) throw noSession();
  return {
    site,
    params,
    query: url.searchParams,
    headers: request.headers,
    user: user ?? {},
    isAdministrator: String(user?.["roles"]).includes("system_admin"),
    token,
    body: () => bodyOf(request),
    json: async () => parseObject((await bodyOf(request)).toString() || "{}"),
  };
}

function matched(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const names = [...pattern.matchAll(/:(\w+)/g)].map(([, name = ""]) => name);
  const found = new RegExp(`^${pattern.replaceAll(/:\w+/g, "([^/]+)")}/?$`).exec(path);
  return found
    ? Object.fromEntries(names.map((name, index) => [name, found[index + 1] ?? ""]))
    : undefined;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  request.on("data", (part: Buffer) => parts.push(part));
  await once(request, "end");
  return Buffer.concat(parts);
}
