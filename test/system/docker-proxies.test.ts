import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { get as getPlain, type IncomingHttpHeaders } from "node:http";
import { get } from "node:https";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { WebSocket } from "ws";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startEngine, type Engine } from "../machines/engine.ts";
import { buildCompanionImages } from "../machines/images.ts";
import { isObject, parseObject, textAt } from "../stand-in/server/json.ts";
import { current } from "../stand-in/archive.ts";
import { buildServerImage } from "../stand-in/server-image.ts";
import { deploy, type Deployment } from "./docker-deployment.ts";
import { callSite, siteLookup } from "./docker-site.ts";
import { makeAuthority } from "./local-authority.ts";

const host = "chat.example.org";
/** Seconds that a websocket is left alone: proxies and the server's own pings count to 60. */
const idleSeconds = 70;

/** What is behind a proxy: its deployment, and a websocket that nobody uses. */
interface Behind {
  readonly chat: Deployment;
  readonly project: string;
  /** Where plain HTTP is redirected from. */
  readonly plain: string;
  readonly token: string;
  readonly channel: string;
  readonly socket: WebSocket;
  readonly opened: number;
}

let engine: Engine;
const behind = new Map<string, Behind>();
const of = (proxy: string) => behind.get(proxy) ?? expect.fail(`${proxy} did not start`);
const address = () => engine.address;

beforeAll(async () => {
  engine = await startEngine();
  // An IP address: its clients name no host when they ask for the certificate.
  const caddy = await deploy(engine, { url: `https://${engine.address}` });
  const nginx = await deploy(engine, { url: `https://${host}:8443`, proxy: "nginx" });
  const texts = await Promise.all([caddy, nginx].map((chat) => chat.succeed("cat compose.yaml")));
  await buildCompanionImages(engine, texts);
  await buildServerImage(engine, current);
  await caddy.succeed(`bin/init --site-url ${caddy.site.url} && bin/up`);
  await caddy.trustProxy();
  await nginx.succeed(`bin/init --site-url ${nginx.site.url} --project-name second`);
  const authority = await makeAuthority(join(nginx.folder, "../authority"));
  mkdirSync(join(nginx.folder, "secrets/tls"), { recursive: true });
  await authority.issue(host, join(nginx.folder, "secrets/tls"));
  nginx.trust(authority.certificate);
  appendFileSync(join(nginx.folder, ".env"), "HTTP_PORT=8080\n");
  await nginx.succeed("bin/up");
  const plain = { caddy: `http://${engine.address}`, nginx: `http://${host}:8080` };
  behind.set("caddy", await enter(caddy, "chat", plain.caddy));
  behind.set("nginx", await enter(nginx, "second", plain.nginx));
}, 600_000);
afterAll(async () => {
  for (const { chat, socket } of behind.values()) {
    socket.terminate();
    await chat.remove();
  }
  await engine.remove();
});

describe.for(["caddy", "nginx"])("the proxy %s", (proxy) => {
  it("passes the basic test", async () => {
    expect(await of(proxy).chat.smoke()).toMatchObject({ code: 0 });
  });

  it("redirects plain HTTP to the site, with path and query", async () => {
    const { chat, plain } = of(proxy);
    const { status, headers } = await ask(of(proxy), `${plain}/a/b?c=d`);
    expect([301, 308]).toContain(status);
    expect(headers.location).toBe(`${chat.site.url}/a/b?c=d`);
  });

  it("passes on all that the server takes, and leaves it to the server to refuse more", async () => {
    const { chat, token, channel } = of(proxy);
    const path = `/files?channel_id=${channel}&filename=large.bin`;
    const body = randomBytes(95 * 1024 ** 2);
    const sent = await callSite(chat.site, `POST ${path}`, { token, body });
    const [info] = Array.isArray(sent.json["file_infos"]) ? sent.json["file_infos"] : [];
    const file = isObject(info) ? textAt(info, "id") : "";
    const { bytes } = await callSite(chat.site, `GET /files/${file}`, { token });
    expect(digest(bytes)).toBe(digest(body));
    const more = Buffer.concat([body, body.subarray(0, 6 * 1024 ** 2)]);
    expect(await callSite(chat.site, `POST ${path}`, { token, body: more })).toMatchObject({
      status: 413,
      json: { id: expect.stringContaining("api.file.upload_file.too_large") },
    });
  });
});

it.for(["caddy", "nginx"])("%s keeps a websocket on which nothing is said", async (proxy) => {
  const { chat, token, channel, socket, opened } = of(proxy);
  await setTimeout(Math.max(0, opened + idleSeconds * 1000 - performance.now()));
  const heard: string[] = [];
  socket.on("message", (data: Buffer) => heard.push(textAt(parseObject(data.toString()), "event")));
  const body = { channel_id: channel, message: "after a while" };
  expect(await callSite(chat.site, "POST /posts", { token, body })).toMatchObject({ status: 201 });
  await vi.waitUntil(() => heard.includes("posted"), { timeout: 20_000 });
  expect(socket.readyState).toBe(WebSocket.OPEN);
});

describe.for(["caddy", "nginx"])("what the server hears from %s", (proxy) => {
  const lie = { "X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "http" };
  const truth = { "X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https" };
  const heard = async (url: string, headers: Readonly<Record<string, string>>) => {
    let text = "";
    // A proxy may not have forgotten the address of the server at once, or be starting.
    await vi.waitUntil(
      async () => {
        text = await ask(of(proxy), url, headers).then(
          (answer) => answer.text,
          () => "",
        );
        return text.startsWith("heard");
      },
      { timeout: 60_000, interval: 500 },
    );
    return text;
  };
  beforeAll(() => replaceServerByEcho(of(proxy).project));
  afterAll(() => engine.docker(["rm", "--force", "--volumes", "echo"]));

  it("is the scheme and the address that are true, whatever a client says", async () => {
    const { url } = of(proxy).chat.site;
    expect(await heard(`${url}/x`, lie)).toBe(`heard ${new URL(url).host} https ${engine.host}`);
  });

  it("is what another proxy in front says, when the settings tell of one", async () => {
    const { chat, plain } = of(proxy);
    const line = proxy === "caddy" ? "SITE_ADDRESS=http://" : "NGINX_SITE=http";
    await chat.succeed(`sed -i '/^${line.split("=")[0]}=/d' .env && echo ${line} >>.env`);
    // bin/up would start the server, too.
    await chat.succeed("docker compose up --detach --no-deps proxy");
    const text = await heard(`${plain}/x`, truth);
    expect(text).toBe(`heard ${new URL(plain).host} https 203.0.113.9, ${engine.host}`);
  });
});

/** Makes a team, and opens a websocket. */
async function enter(chat: Deployment, project: string, plain: string): Promise<Behind> {
  const token = await chat.signIn();
  const body = { name: "entered", display_name: "Entered", type: "O" };
  const team = await callSite(chat.site, "POST /teams", { token, body });
  const line = `GET /teams/${textAt(team.json, "id")}/channels/name/town-square`;
  const channel = textAt((await callSite(chat.site, line, { token })).json, "id");
  const { url, ca = "" } = chat.site;
  const path = `${url.replace(/^http/, "ws")}/api/v4/websocket`;
  const socket = new WebSocket(path, { origin: url, ca, lookup: siteLookup(address()) });
  await once(socket, "open");
  const data = { token };
  socket.send(JSON.stringify({ seq: 1, action: "authentication_challenge", data }));
  await once(socket, "message");
  return { chat, project, plain, token, channel, socket, opened: performance.now() };
}

function digest(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Asks a page, wherever the name leads to. */
async function ask({ chat }: Behind, url: string, headers: Readonly<Record<string, string>> = {}) {
  const { ca = "" } = chat.site;
  const options = { ca, headers, agent: false as const, lookup: siteLookup(address()) };
  return new Promise<{ status: number; headers: IncomingHttpHeaders; text: string }>(
    (resolve, reject) => {
      const sent = (url.startsWith("https:") ? get : getPlain)(url, options, (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (part: string) => (text += part));
        answer.on("error", reject);
        answer.on("end", () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }),
        );
      });
      sent.on("error", reject);
    },
  );
}

/** Puts an nginx in the server's place that says what it was asked with. */
async function replaceServerByEcho(project: string): Promise<void> {
  await engine.docker(["stop", `${project}-mattermost-1`]);
  const said = "heard $http_host $http_x_forwarded_proto $http_x_forwarded_for";
  const configuration = join(of("caddy").chat.folder, "../echo.conf");
  writeFileSync(
    configuration,
    `events {} http { server { listen 8065; return 200 "${said}"; } }\n`,
  );
  const network = ["--network", `${project}_site`, "--network-alias", "mattermost"];
  const mount = ["--volume", `${configuration}:/etc/nginx/nginx.conf:ro`];
  const start = ["debian-with-servers", "nginx", "-g", "daemon off;"];
  await engine.docker(["run", "--detach", "--name", "echo", ...network, ...mount, ...start]);
}
