import { hasCode, type Rule } from "./rule.ts";

/** What a proxy answers by itself, and errors of the server that no setting explains. */
export const proxyRules: readonly Rule[] = [
  {
    id: "body-too-large",
    applies: ({ status }) => status === 413,
    likely: "The proxy refuses a body of a little more than 1 MiB.",
    mend: "Raise its limit above FileSettings.MaxFileSize (nginx: client_max_body_size 128m).",
  },
  {
    id: "rate-limit",
    applies: ({ status }) => status === 429,
    likely:
      "The rate limit of the server (RateLimitSettings) or of the proxy is below what one person does.",
    mend: "Raise it, and let the server see the address of the client (RateLimitSettings.VaryByHeader, X-Real-IP).",
  },
  {
    id: "redirect",
    applies: ({ status }) => status !== undefined && status >= 300 && status < 400,
    likely: "The site lives at another address, to which this one redirects.",
    mend: "Give the address to which it redirects.",
  },
  {
    id: "proxy-password",
    applies: ({ status, isFromServer }) => status === 401 && !isFromServer,
    likely: "Something in front of the server asks for a password of its own.",
    mend: "Test from where it asks for none.",
  },
  {
    id: "server-down",
    applies: ({ status, isFromServer }) =>
      status !== undefined && [502, 503, 504].includes(status) && !isFromServer,
    likely: "The proxy runs, and the server behind it does not, or not yet.",
    mend: "See whether the server is up and on the port that the proxy uses, and read its log.",
  },
  {
    id: "server-error",
    applies: ({ status, code }) => code === "unhealthy" || (status !== undefined && status >= 500),
    likely: "The server failed at this: its database, its file store or a defect.",
    mend: "Read the log of the server at this time.",
  },
  {
    id: "not-mattermost",
    applies: hasCode("not-mattermost", "unexpected-answer"),
    likely:
      "Something else than a Mattermost server answers at this address, or a proxy answers in its place.",
    mend: "Check host, port and path of the address, and to where the proxy passes /api/v4.",
  },
  {
    id: "not-passed",
    applies: ({ status, isFromServer }) =>
      status !== undefined && [403, 404, 405].includes(status) && !isFromServer,
    likely: "Something in front of the server answers in its place.",
    mend: "Let the proxy pass /api/v4 on to the server, and check the path in the address.",
  },
];
