import { ownTrouble, SiteTrouble, type Trouble } from "../trouble.ts";

/** An answer of a site, whatever its status. */
export interface SiteAnswer {
  /** The request in words, without query and body. */
  readonly sent: string;
  readonly status: number;
  readonly statusText: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

/**
 * Parses an answer of the server's API.
 *
 * @returns Its JSON.
 * @throws SiteTrouble when its status is no success or it holds no JSON.
 */
export function parseAnswer(answer: SiteAnswer): unknown {
  const { sent, status, statusText } = requireSuccess(answer);
  try {
    return JSON.parse(answer.body.toString("utf8"));
  } catch (cause) {
    const received = `${status} ${statusText} without JSON: ${excerpt(answer.body)}`;
    throw new SiteTrouble(
      { ...refusedAnswer(answer), sent, received, code: "unexpected-answer" },
      cause,
    );
  }
}

/**
 * Passes on an answer that has what was asked for.
 *
 * @throws SiteTrouble when its status is no success.
 */
export function requireSuccess(answer: SiteAnswer): SiteAnswer {
  if (answer.status >= 200 && answer.status < 300) return answer;
  throw new SiteTrouble(refusedAnswer(answer));
}

/** Says what an answer that is no success holds. */
export function refusedAnswer({ sent, status, statusText, headers, body }: SiteAnswer): Trouble {
  const error = parseError(body);
  const target = headers["location"] === undefined ? "" : ` to ${String(headers["location"])}`;
  const what = error
    ? `${status} ${error.id}: ${error.message}`
    : `${status} ${statusText}${target}: ${excerpt(body)}`;
  const isFromServer = headers["x-version-id"] !== undefined || error !== undefined;
  return { kind: "request", sent, received: what, status, code: error?.id, isFromServer };
}

/**
 * Takes a text field from what the server answered.
 *
 * @throws SiteTrouble when there is none.
 */
export function textField(value: unknown, name: string, sent: string): string {
  const field = fieldsOf(value)[name];
  if (typeof field === "string") return field;
  throw ownTrouble("unexpected-answer", { sent, received: `JSON without the text “${name}”` });
}

/** The fields of a JSON object; none of anything else. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** The server's error; a refused websocket has a word before its JSON. */
function parseError(body: Buffer): { readonly id: string; readonly message: string } | undefined {
  const text = body.toString("utf8");
  const start = text.indexOf("{");
  if (start < 0) return undefined;
  try {
    const { id, message } = fieldsOf(JSON.parse(text.slice(start)));
    if (typeof id !== "string" || typeof message !== "string") return undefined;
    return { id, message: oneLine(message) };
  } catch {
    return undefined;
  }
}

/** The beginning of a page as one line, tags and style sheets left out. */
function excerpt(body: Buffer): string {
  const text = body.subarray(0, 20_000).toString("utf8");
  const words = oneLine(text.replace(/<(style|script|title)[\s\S]*?<\/\1>|<[^>]*>/gi, " "));
  return words === "" ? `${body.length} bytes` : words.slice(0, 160);
}

/** A text of the other side as one line. */
export function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex -- an answer must not move the cursor of a terminal
  return text.replace(/[\u0000-\u001F\u007F-\u009F\s]+/g, " ").trim();
}
