import { hasCode, isOtherSite, type Rule } from "./rule.ts";

/**
 * What keeps websockets from working: what users see as “Mattermost unreachable”.
 *
 * @see https://docs.mattermost.com/deployment-guide/server/setup-nginx-proxy.html, as of 2026-08-21
 */
export const websocketRules: readonly Rule[] = [
  {
    id: "site-url-differs",
    applies: ({ kind, status }, site) =>
      kind === "websocket" && status === 403 && isOtherSite(site),
    likely:
      "SiteURL of the server is {siteUrl}, the tested address is {origin}: the server takes it for a foreign site.",
    mend: "Set ServiceSettings.SiteURL to the address that people use, or test by that address.",
  },
  {
    id: "origin-refused",
    applies: ({ kind, status }) => kind === "websocket" && status === 403,
    likely:
      "The server compares Origin with SiteURL or with the Host that it gets, and the proxy changes Host, or something in front refuses websockets.",
    mend: "Set ServiceSettings.SiteURL, and let the proxy pass the Host with its port (nginx: proxy_set_header Host $http_host).",
  },
  {
    id: "upgrade-headers",
    applies: ({ kind, status, isFromServer }) =>
      kind === "websocket" &&
      status !== undefined &&
      ([200, 400, 405, 426].includes(status) || (isFromServer && status === 404)),
    likely:
      "The proxy does not pass the websocket upgrade on: its headers Upgrade and Connection are missing, or it speaks HTTP/1.0 to the server.",
    mend: 'For /api/v4/websocket set in nginx: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade".',
  },
  {
    id: "websocket-not-passed",
    applies: ({ kind, status, code }) =>
      kind === "websocket" && (status === 404 || code === "ECONNRESET" || code === "EPIPE"),
    likely:
      "Something in front of the server (a proxy, a firewall, a delivery network) does not let websockets through.",
    mend: "Let it pass /api/v4/websocket on to the server with its upgrade headers.",
  },
  {
    id: "websocket-session",
    applies: hasCode("websocket-refused-session"),
    likely:
      "The websocket reaches another server than the requests do, or something alters what is sent through it.",
    mend: "Let all addresses of the site reach one server; more than one needs a cluster and its licence.",
  },
  {
    id: "websocket-closed",
    applies: hasCode("websocket-closed"),
    likely: "The server stopped, or something in front closes connections that are idle or long.",
    mend: "Raise the time limits of the proxy above 60 seconds (nginx: proxy_read_timeout), and see whether the server restarted.",
  },
  {
    id: "websocket-silent",
    applies: hasCode("websocket-silent"),
    likely: "The proxy opens the websocket but holds back what goes through it.",
    mend: "Switch off buffering for /api/v4/websocket, and let nothing rewrite it.",
  },
  {
    id: "websocket-lost-post",
    applies: hasCode("websocket-lost-post"),
    likely:
      "The post went to another server than the websocket: several behind one address, without a cluster.",
    mend: "Run one server, or join several to a cluster, which needs a licence.",
  },
  {
    id: "browser-start",
    applies: hasCode("browser-start"),
    likely: "The browser does not run on this machine: a library is missing, or it is no Chromium.",
    mend: "Start it by hand to see what it lacks, or give another one with --browser-path.",
  },
  {
    id: "browser-banner",
    applies: hasCode("browser-banner"),
    likely: "The page of the site cannot open its websocket, or loses it.",
    mend: "See the step “No errors”; where that passed, check ServiceSettings.WebsocketURL, which only browsers follow.",
  },
  {
    id: "browser-page",
    applies: hasCode("browser-page"),
    likely:
      "The page of the site does not load completely, or looks otherwise than this command knows it.",
    mend: "Open the site in a browser and look at its console; a proxy may block scripts or pass only /api on.",
  },
];
