import { Agent as HttpAgent, request as httpRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { rootCertificates } from "node:tls";
import { errorCode } from "../../user-error.ts";
import { SiteTrouble, type Trouble } from "../trouble.ts";
import type { SiteAddress } from "./site-address.ts";
import { oneLine, refusedAnswer, type SiteAnswer } from "./site-answer.ts";
import { openSocket, type SiteSocket } from "./site-socket.ts";

/** How a site is reached. */
export interface SiteAccess {
  readonly address: SiteAddress;
  /** The certificate of a local authority to trust beside the usual ones, PEM. */
  readonly authority: string | undefined;
  /** How long one answer may take, in seconds. */
  readonly timeout: number;
}

/** A request to a site. */
export interface SiteRequest {
  readonly method: "GET" | "POST" | "DELETE";
  /** Below the base of the site, without the query: `/api/v4/users`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** The session or access token. */
  readonly token?: string;
  readonly contentType?: string;
  readonly body?: Buffer;
}

/** A site, and what it did wrong meanwhile. */
export interface Site {
  readonly address: SiteAddress;
  /** @throws SiteTrouble when no answer comes; an answer with any status is an answer. */
  request(request: SiteRequest): Promise<SiteAnswer>;
  /**
   * Opens a websocket.
   *
   * @param origin The `Origin` that a browser would send.
   * @throws SiteTrouble when it is not opened.
   */
  openSocket(origin: string): Promise<SiteSocket>;
  /** The answers so far that were errors of the server or of a proxy. */
  serverErrors(): readonly Trouble[];
  close(): void;
}

/**
 * Reaches a site over HTTP(S) and websockets.
 *
 * Not by `@mattermost/client`, which hides what a failing step has to show: its `ClientError` takes
 * the status from the body's JSON, so that the 413 and 502 pages of a proxy have none; it fetches
 * globally, where a certificate authority and a time limit cannot be given and the code of a network
 * error is lost; and its websocket client opens a dropped connection again by itself, which is what
 * this test must see. What is left of it would be twelve addresses.
 *
 * @see @mattermost/client 11.9.0, lib/client4.js `doFetchWithResponse`, lib/websocket.js `onclose`
 */
export function connectSite(access: SiteAccess): Site {
  const isSecure = access.address.base.startsWith("https:");
  const authorities =
    access.authority === undefined ? {} : { ca: [...rootCertificates, access.authority] };
  const agent = isSecure
    ? new HttpsAgent({ keepAlive: true, ...authorities })
    : new HttpAgent({ keepAlive: true });
  const errors: Trouble[] = [];
  const note = (trouble: Trouble) => {
    const { status = 0 } = trouble;
    // The server says with 501 that a setting forbids something; that is no error of it.
    if (status >= 500 && status !== 501) errors.push(trouble);
  };
  return {
    address: access.address,
    async request(request) {
      const answer = await send(access, agent, request);
      note(refusedAnswer(answer));
      return answer;
    },
    async openSocket(origin) {
      const url = `${access.address.base.replace(/^http/, "ws")}/api/v4/websocket`;
      try {
        return await openSocket({ url, origin, timeout: access.timeout, ...authorities });
      } catch (error) {
        if (error instanceof SiteTrouble) note(error.trouble);
        throw error;
      }
    },
    serverErrors: () => [...errors],
    close: () => agent.destroy(),
  };
}

function send(
  { address, timeout }: SiteAccess,
  agent: HttpAgent | HttpsAgent,
  { method, path, query, token, contentType, body }: SiteRequest,
): Promise<SiteAnswer> {
  const sent = `${method} ${address.base}${path}`;
  const search = query ? `?${new URLSearchParams(query).toString()}` : "";
  const headers = {
    accept: "*/*",
    "user-agent": "mattermost-deployment-smoke",
    "x-requested-with": "XMLHttpRequest",
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(body ? { "content-type": contentType, "content-length": body.length } : {}),
  };
  const start = address.base.startsWith("https:") ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => reject(noAnswer(sent, timeout, error));
    const signal = AbortSignal.timeout(timeout * 1000);
    const call = start(`${address.base}${path}${search}`, { method, agent, headers, signal });
    call.on("error", fail).on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("error", fail);
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const { statusCode: status = 0, statusMessage: statusText = "" } = response;
        resolve({
          sent,
          status,
          statusText,
          headers: response.headers,
          body: Buffer.concat(chunks),
        });
      });
    });
    call.end(body);
  });
}

function noAnswer(sent: string, timeout: number, cause: Error): SiteTrouble {
  const isLate = cause.name === "AbortError" || cause.name === "TimeoutError";
  const code = errorCode(cause);
  const received = isLate
    ? `no answer within ${timeout} seconds`
    : `no answer: ${oneLine(cause.message) || code || cause.name}`;
  const trouble = {
    kind: "request",
    sent,
    received,
    status: undefined,
    isFromServer: false,
  } as const;
  return new SiteTrouble({ ...trouble, code: isLate ? "timeout" : code }, cause);
}
