/** What went wrong in one exchange with a site. */
export interface Trouble {
  readonly kind: "request" | "websocket";
  /** What was sent, without query and body, which may hold secrets: `POST https://…/api/v4/users`. */
  readonly sent: string;
  /** What came back, in one line: `403 api.user.create_user.no_open_server: …`. */
  readonly received: string;
  /** The status of the answer; `undefined` where none came. */
  readonly status: number | undefined;
  /** The server's error id, the system's code (`ECONNREFUSED`) or one of {@link OwnCode}. */
  readonly code: string | undefined;
  /** Whether a Mattermost server answered; otherwise it was something in front of it, or nothing. */
  readonly isFromServer: boolean;
}

/** What this test itself finds wrong with an exchange that succeeded as such. */
export type OwnCode =
  | "timeout"
  | "unexpected-answer"
  | "not-mattermost"
  | "unhealthy"
  | "image-differs"
  | "thumbnail-is-no-image"
  | "thread-is-incomplete"
  | "websocket-closed"
  | "websocket-refused-session"
  | "websocket-silent"
  | "websocket-lost-post"
  | "browser-start"
  | "browser-page"
  | "browser-banner";

/** Thrown where a site does not do what it was asked; a step of the test makes a finding of it. */
export class SiteTrouble extends Error {
  override readonly name = "SiteTrouble";
  readonly trouble: Trouble;

  constructor(trouble: Trouble, cause?: unknown) {
    super(`${trouble.sent}: ${trouble.received}`, { cause });
    this.trouble = trouble;
  }
}

/** A trouble that this test finds in an exchange that succeeded as such. */
export function ownTrouble(
  code: OwnCode,
  details: Pick<Trouble, "sent" | "received"> & Partial<Trouble>,
): SiteTrouble {
  return new SiteTrouble({
    kind: "request",
    status: undefined,
    isFromServer: true,
    ...details,
    code,
  });
}
