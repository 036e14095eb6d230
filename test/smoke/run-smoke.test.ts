import { describe, expect, it } from "vitest";
import { exitCodeOf, type SmokeReport } from "../../generators/_core/smoke/report.ts";
import type { SmokeOptions } from "../../generators/_core/smoke/run-smoke.ts";
import { UserError } from "../../generators/_core/user-error.ts";
import { startFakeSite, type Faults } from "./fake-site.ts";
import { runOn, testFakeSite } from "./run-on.ts";

const noOpenServer = { id: "api.user.create_user.no_open_server", message: "closed" };
const passed = "passed";
const skipped = "skipped";

describe("the basic test", () => {
  it("passes on a site that works, and tidies up after itself", async () => {
    const { report, requests } = await testFakeSite({}, { adminToken: "admin" });
    expect(outcomes(report)).toEqual([passed, passed, passed, passed]);
    expect(exitCodeOf(report)).toBe(0);
    expect(requests).toContain("POST /users as admin");
    expect(requests).toContain("POST /users?iid=invite");
    expect(cleanUpOf(report)).toEqual({
      done: [
        "team smoke-random removed",
        "account smoke-random-2 removed",
        "account smoke-random-1 removed",
      ],
      left: [],
    });
  });

  it.for<[title: string, faults: Faults, expected: readonly string[]]>([
    [
      "a closed server",
      { answers: { "POST /users": [403, noOpenServer] } },
      ["sign-up-closed", skipped, skipped, skipped],
    ],
    [
      "mail verification",
      {
        answers: {
          "POST /users/login": [401, { id: "api.user.login.not_verified.app_error", message: "" }],
        },
      },
      ["mail-verification", skipped, skipped, skipped],
    ],
    [
      "uploads that are off",
      { config: { EnableFileAttachments: "false" } },
      [passed, passed, "uploads-disabled", passed],
    ],
    [
      "uploads that are refused",
      {
        answers: {
          "POST /files": [501, { id: "api.file.attachments.disabled.app_error", message: "" }],
        },
      },
      [passed, passed, "uploads-disabled", passed],
    ],
    [
      "a small limit for files",
      { config: { MaxFileSize: "1000" } },
      [passed, passed, "upload-too-large", passed],
    ],
    [
      "a proxy's limit for bodies",
      { answers: { "POST /files": [413, "<h1>413</h1>"] } },
      [passed, passed, "body-too-large", passed],
    ],
    [
      "a file that comes back altered",
      { file: "altered" },
      [passed, passed, "image-differs", passed],
    ],
    [
      "a thumbnail that is none",
      { file: "no-thumbnail" },
      [passed, passed, "image-differs", passed],
    ],
    [
      "a rate limit",
      { answers: { "POST /posts": [429, "limit exceeded"] } },
      ["rate-limit", skipped, skipped, skipped],
    ],
    [
      "upgrade headers that are missing",
      { websocket: 400 },
      [passed, passed, passed, "upgrade-headers"],
    ],
    [
      "an upgrade that is required",
      { websocket: 426 },
      [passed, passed, passed, "upgrade-headers"],
    ],
    [
      "another SiteURL",
      { websocket: 403, config: { SiteURL: "https://other.example.com" } },
      [passed, passed, passed, "site-url-differs"],
    ],
    ["an Origin that is refused", { websocket: 403 }, [passed, passed, passed, "origin-refused"]],
    [
      "a websocket that is dropped",
      { websocket: "drops" },
      [passed, passed, passed, "websocket-closed"],
    ],
    [
      "a websocket that is mute",
      { websocket: "mute" },
      [passed, passed, passed, "websocket-silent"],
    ],
    [
      "a websocket of another server",
      { websocket: "refuses-session" },
      [passed, passed, passed, "websocket-session"],
    ],
    [
      "posts that are lost",
      { websocket: "loses-posts" },
      [passed, passed, passed, "websocket-lost-post"],
    ],
    [
      "an error of the server",
      { answers: { "GET /files/:id": [500, { id: "api.file.read_file.app_error", message: "" }] } },
      [passed, passed, "file-store", "file-store"],
    ],
    [
      "a server that cannot say who it is",
      { answers: { "GET /config/client": [500, { id: "app.error", message: "" }] } },
      [skipped, skipped, skipped, "server-error"],
    ],
  ])("fails at the right step with the right advice: %s", async ([, faults, expected]) => {
    const { report } = await testFakeSite(faults);
    expect(outcomes(report)).toEqual(expected);
    expect(exitCodeOf(report)).toBe(1);
  });

  it("warns of a site whose websockets any page may open, and of what allows it", async () => {
    const config = { ServiceSettings: { AllowCorsFrom: "*" } };
    const faults: Faults = { websocket: "any-origin", answers: { "GET /config": [200, config] } };
    const asAnybody = await testFakeSite(faults);
    expect(exitCodeOf(asAnybody.report)).toBe(0);
    expect(warningsOf(asAnybody.report)).toContain("an administrator's token (--token-file)");
    const asAdministrator = await testFakeSite(faults, { adminToken: "admin" });
    expect(warningsOf(asAdministrator.report)).toContain("ServiceSettings.AllowCorsFrom is “*”");
  });

  it("says what it could not tidy up, and ends its sessions", async () => {
    const refusal = { id: "api.user.update_active.not_enable.app_error", message: "no" };
    const { report, requests } = await testFakeSite({
      answers: { "DELETE /users/:id": [401, refusal] },
    });
    expect(cleanUpOf(report)).toMatchObject({
      done: ["team smoke-random archived"],
      left: [
        expect.stringMatching(/smoke-random-2 .*not_enable.*mmctl user deactivate smoke-random-2/),
        expect.stringContaining("mmctl user deactivate smoke-random-1"),
      ],
    });
    expect(requests.filter((request) => request.includes("/logout"))).toHaveLength(2);
  });

  it("leaves everything there when it is asked to", async () => {
    const { report, requests } = await testFakeSite({}, { keep: true });
    expect(cleanUpOf(report)?.left).toHaveLength(3);
    expect(requests.filter((request) => request.startsWith("DELETE"))).toEqual([]);
  });

  it("comes in with an invite, and makes a team of its own all the same", async () => {
    const { report, requests } = await testFakeSite({}, { invite: "open-sesame" });
    expect(exitCodeOf(report)).toBe(0);
    expect(requests).toContain("POST /users?iid=open-sesame");
    expect(requests.some((request) => request.startsWith("POST /teams as "))).toBe(true);
  });
});

describe("a call that does not fit the server makes nothing on it", () => {
  it.for<[string, Faults, Partial<SmokeOptions>, RegExp]>([
    ["no account yet", { config: { NoAccounts: "true" } }, {}, /no account yet/],
    [
      "a token of nobody",
      { answers: { "GET /users/me": [401] } },
      { adminToken: "x" },
      /none it knows/,
    ],
    ["a token of an ordinary account", {}, { adminToken: "x" }, /is not an administrator's/],
  ])("%s", async ([, faults, options, message]) => {
    const site = await startFakeSite(faults);
    await expect(runOn(site.url, options)).rejects.toThrow(message);
    await expect(runOn(site.url, options)).rejects.toBeInstanceOf(UserError);
    expect(site.requests.filter((request) => request.startsWith("POST"))).toEqual([]);
  });

  it("but it may make the first account when it is told to", async () => {
    const { report } = await testFakeSite(
      { config: { NoAccounts: "true" } },
      { firstAccountIsAdmin: true },
    );
    expect(exitCodeOf(report)).toBe(0);
    expect(warningsOf(report)).toContain("smoke-random-1 was the first account");
  });
});

/** The outcome of each step, or the cause of its first failure. */
function outcomes(report: SmokeReport): readonly string[] {
  if (!report.reached) return [report.failure.advice.id];
  return report.steps.map((step) =>
    step.outcome === "failed" ? (step.failures[0]?.advice.id ?? "") : step.outcome,
  );
}

function cleanUpOf(report: SmokeReport) {
  return report.reached ? report.cleanUp : undefined;
}

function warningsOf(report: SmokeReport): string {
  return report.reached ? report.warnings.join("\n") : "";
}
