import { createServer } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { exitCodeOf } from "../../generators/_core/smoke/report.ts";
import type { Faults } from "./fake-site.ts";
import { listenAnywhere } from "./listen.ts";
import { runOn, testFakeSite } from "./run-on.ts";

describe("a site that is not reached", () => {
  it.for<[string, Faults, string]>([
    [
      "another page",
      { answers: { "GET /system/ping": [200, "<h1>It works</h1>"] } },
      "not-mattermost",
    ],
    [
      "a proxy without a server",
      { answers: { "GET /system/ping": [502, "Bad Gateway"] } },
      "server-down",
    ],
    ["a redirect", { answers: { "GET /system/ping": [301, ""] } }, "redirect"],
    [
      "a password of the proxy",
      { answers: { "GET /system/ping": [401, "who?"] } },
      "proxy-password",
    ],
  ])("is told apart from a test that failed: %s", async ([, faults, cause]) => {
    const { report } = await testFakeSite(faults);
    expect(exitCodeOf(report)).toBe(3);
    expect(report).toMatchObject({ reached: false, failure: { advice: { id: cause } } });
  });

  it.for([
    ["nobody listens", "close", "http", "connection-refused"],
    ["TLS on a plain port", "http", "https", "tls-on-plain-port"],
    ["another protocol", "noise", "http", "no-http"],
    ["silence", "silence", "http", "timeout"],
    ["a cut", "cut", "http", "connection-dropped"],
  ] as const)("is told apart by the network too: %s", async ([, way, scheme, cause]) => {
    const report = await runOn(`${scheme}://127.0.0.1:${await oddPort(way)}`);
    expect(report).toMatchObject({ reached: false, failure: { advice: { id: cause } } });
  });
});

/** A port on which something else than a site is found. */
async function oddPort(way: "close" | "http" | "noise" | "silence" | "cut"): Promise<number> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    if (way === "cut") socket.once("data", () => socket.destroy());
    if (way === "noise") socket.end("220 mail.example.com ESMTP\r\n");
    if (way === "http") socket.end("HTTP/1.1 400 Bad Request\r\n\r\n");
  });
  const port = await listenAnywhere(server);
  if (way === "close") await new Promise((resolve) => server.close(resolve));
  else onTestFinished(() => void server.close());
  return port;
}
