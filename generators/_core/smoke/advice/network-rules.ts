import { hasCode, type Rule } from "./rule.ts";

/** What stands between this machine and the site: names, ports, certificates. */
export const networkRules: readonly Rule[] = [
  {
    id: "name-not-found",
    applies: hasCode("ENOTFOUND", "EAI_AGAIN"),
    likely: "The host name is not in the DNS, as this machine sees it.",
    mend: "Check the name, its DNS record and the resolver of this machine.",
  },
  {
    id: "connection-refused",
    applies: hasCode("ECONNREFUSED"),
    likely: "Nothing listens on that port.",
    mend: "Check that the proxy and the server run and that the port is the right one.",
  },
  {
    id: "no-route",
    applies: hasCode("EHOSTUNREACH", "ENETUNREACH", "EADDRNOTAVAIL"),
    likely: "This machine has no way to that address.",
    mend: "Check the address, the network of this machine and its firewall.",
  },
  {
    id: "timeout",
    applies: hasCode("timeout", "ETIMEDOUT"),
    likely:
      "A firewall drops what is sent to the site, or the server is overloaded or still starting.",
    mend: "Open the port in the firewall, or wait for the server; --timeout SECONDS waits longer.",
  },
  {
    id: "certificate-not-trusted",
    applies: hasCode(
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      "SELF_SIGNED_CERT_IN_CHAIN",
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
      "UNABLE_TO_GET_ISSUER_CERT",
      "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
    ),
    likely:
      "The certificate is from an authority unknown here, or comes without its intermediates.",
    mend: "Let the site send its full chain; for an authority of your own give its certificate with --ca FILE.",
  },
  {
    id: "certificate-expired",
    applies: hasCode("CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"),
    likely: "The certificate of the site is not valid today.",
    mend: "Renew the certificate and reload the proxy; check the clocks of both machines.",
  },
  {
    id: "certificate-name",
    applies: hasCode("ERR_TLS_CERT_ALTNAME_INVALID"),
    likely: "The certificate is for another name than the one in the address.",
    mend: "Test by a name that the certificate holds, or get one for this name.",
  },
  {
    id: "tls-on-plain-port",
    applies: hasCode("EPROTO", "ERR_SSL_WRONG_VERSION_NUMBER", "ERR_SSL_PACKET_LENGTH_TOO_LONG"),
    likely: "The port does not speak TLS as it should: most often it is a port for plain http.",
    mend: "Give the address with http://, or the port for https.",
  },
  {
    id: "plain-on-tls-port",
    applies: ({ status, received }) =>
      status === 400 && /HTTP request (was sent )?to (an )?HTTPS (port|server)/i.test(received),
    likely: "The port speaks TLS, and the address says http.",
    mend: "Give the address with https://.",
  },
  {
    id: "no-http",
    applies: ({ code }) => code?.startsWith("HPE_") === true,
    likely: "What listens on that port speaks something else than http.",
    mend: "Check the port.",
  },
  {
    id: "connection-dropped",
    applies: ({ kind, code }) => kind === "request" && (code === "ECONNRESET" || code === "EPIPE"),
    likely:
      "The connection was cut before an answer: a plain address for a TLS port, a firewall, or a server that crashed.",
    mend: "Check http or https in the address, then the logs of the proxy and of the server.",
  },
];
