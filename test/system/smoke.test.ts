import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { freePort } from "../machines/free-port.ts";
import { startPostgres, type PostgresCluster } from "../machines/postgres-cluster.ts";
import { emit } from "../projects.ts";
import { makeAccount, signIn } from "../stand-in/api-client.ts";
import { runStandIn, type StandIn } from "../stand-in/run-stand-in.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { checkout, run, tool } from "./tools.ts";

let postgres: PostgresCluster;
let databases = 0;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.remove());

describe("the basic test of a server that it reaches directly", () => {
  it("passes when sign-up is open, and leaves its record", async () => {
    const standIn = await openSite();
    const folder = temporaryFolder();
    const result = smoke(standIn.url, ["--record", folder, "--junit", join(folder, "smoke.xml")]);
    expect(result.out).toMatch(/passed +First account/);
    expect(result.code).toBe(0);
    const record = readFileSync(join(folder, ".mattermost-deployment/basic-test.json"), "utf8");
    expect(JSON.parse(record)).toMatchObject({ passed: true, server: { version: "11.7.9" } });
    await standIn.remove();
  });

  it("refuses to make the first account of a server unless it is told to", async () => {
    const standIn = await site();
    const refused = smoke(standIn.url, []);
    expect(refused.code).toBe(2);
    expect(refused.error).toContain("--first-account-is-admin");
    expect(smoke(standIn.url, ["--first-account-is-admin"]).code).toBe(0);
    await standIn.remove();
  });

  it("passes on a closed server with an administrator's token, and says so without", async () => {
    const standIn = await openSite({ MM_TEAMSETTINGS_ENABLEOPENSERVER: "false" });
    const closed = smoke(standIn.url, []);
    expect(closed.code).toBe(1);
    expect(closed.out).toMatch(/FAILED +First account[\s\S]*--token-file/);
    const file = join(temporaryFolder(), "token");
    writeFileSync(file, standIn.token, { mode: 0o600 });
    const passed = smoke(standIn.url, ["--token-file", file]);
    expect(passed.code).toBe(0);
    expect(passed.out + passed.error).not.toContain(standIn.token);
    await standIn.remove();
  });

  it.for([
    [
      "uploads are off",
      { MM_FILESETTINGS_ENABLEFILEATTACHMENTS: "false" },
      /FAILED +First account: reply with an image[\s\S]*EnableFileAttachments/,
    ],
    [
      "the site URL is another",
      { MM_SERVICESETTINGS_SITEURL: "https://chat.example.com" },
      /FAILED +No errors[\s\S]*SiteURL/,
    ],
    ["websockets are dropped", { STAND_IN_FAULTS: "drops-websockets" }, /FAILED +No errors/],
  ] as const)("fails at the right step when %s", async ([, environment, message]) => {
    const standIn = await openSite(environment);
    const result = smoke(standIn.url, []);
    expect(result.out).toMatch(message);
    expect(result.code).toBe(1);
    await standIn.remove();
  });

  it("ends with 3 where there is no server", async () => {
    expect(smoke(`http://127.0.0.1:${await freePort()}`, []).code).toBe(3);
  });
});

describe("the basic test through nginx", () => {
  it("passes with the emitted configuration", async () => {
    await throughNginx(
      (text) => text,
      (url) => expect(smoke(url, [])).toMatchObject({ code: 0 }),
    );
  });

  it.for([
    [
      "the upgrade headers",
      /^.*(Upgrade|"upgrade").*\n/gm,
      /FAILED +No errors[\s\S]*proxy_set_header Upgrade/,
    ],
    [
      "the body size",
      /^.*client_max_body_size.*\n/gm,
      /FAILED +First account: reply with an image[\s\S]*client_max_body_size/,
    ],
  ] as const)("fails at the right step without %s", async ([, line, message]) => {
    await throughNginx(
      (text) => text.replace(line, ""),
      (url) => {
        const result = smoke(url, []);
        expect(result.out).toMatch(message);
        expect(result.code).toBe(1);
      },
    );
  });
});

/** A server with an empty database. */
async function site(environment: Readonly<Record<string, string>> = {}, siteUrl?: string) {
  databases += 1;
  const database = await postgres.makeDatabase(`smoke${databases}`);
  return runStandIn({ database, environment, ...(siteUrl === undefined ? {} : { siteUrl }) });
}

/** A server that has its administrator already; sign-up is open unless the environment says else. */
async function openSite(
  environment: Readonly<Record<string, string>> = {},
  siteUrl?: string,
): Promise<StandIn & { readonly token: string }> {
  const open = { MM_TEAMSETTINGS_ENABLEOPENSERVER: "true", ...environment };
  const standIn = await site(open, siteUrl);
  await makeAccount(standIn.url, "administrator");
  return { ...standIn, token: await signIn(standIn.url, "administrator") };
}

/** Serves a stand-in through the nginx site of an emitted Linux project, changed by `edit`. */
async function throughNginx(edit: (text: string) => string, check: (url: string) => void) {
  const { files } = await emit({ platform: "linux" });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const standIn = await openSite({}, url);
  const root = temporaryFolder();
  const text = edit(files.get("nginx/mattermost.conf") ?? "")
    .replace(/^.*listen \[::\].*\n/gm, "")
    .replace(/listen 80\b[^;]*;/g, `listen 127.0.0.1:${port};`)
    .replaceAll("127.0.0.1:8065", new URL(standIn.url).host);
  writeFileSync(join(root, "site.conf"), text);
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${root}/${name};`,
  );
  const main = `daemon off;\npid ${root}/pid;\nuser root;\nerror_log ${root}/error.log;\nevents {}\nhttp {\naccess_log off;\n${paths.join("\n")}\ninclude ${root}/site.conf;\n}\n`;
  writeFileSync(join(root, "nginx.conf"), main);
  const nginx = spawn(tool("nginx"), ["-c", join(root, "nginx.conf")], { stdio: "ignore" });
  const ended = once(nginx, "exit");
  try {
    await vi.waitUntil(() =>
      fetch(`${url}/api/v4/system/ping`).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
    check(url);
  } finally {
    nginx.kill("SIGTERM");
    await ended;
    await standIn.remove();
  }
}

function smoke(url: string, words: readonly string[]) {
  return run("node", [join(checkout, "dist/command.js"), "smoke", url, ...words]);
}
