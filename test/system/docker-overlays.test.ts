import { createSocket } from "node:dgram";
import { once } from "node:events";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startBucket, type Bucket } from "../machines/bucket.ts";
import { startEngine, type Engine } from "../machines/engine.ts";
import { execute } from "../machines/execute.ts";
import { buildCompanionImages } from "../machines/images.ts";
import { startMailServer, type MailServer } from "../machines/mail-server.ts";
import { current } from "../stand-in/archive.ts";
import { buildServerImage } from "../stand-in/server-image.ts";
import { deploy, type Deployment } from "./docker-deployment.ts";
import { scanContainers } from "./docker-scan.ts";
import { callSite, readKeepsake } from "./docker-site.ts";
import { makeAuthority } from "./local-authority.ts";

const overlays = ["smtp", "s3", "calls", "monitoring"].map((name) => `compose.${name}.yaml`);
const keys = {
  AmazonS3Region: "eu-central-1",
  AmazonS3AccessKeyId: "AKEY",
  AmazonS3SecretAccessKey: "se/cret+key=",
} as const;
const mailHost = "mail.example.org";
// What shells, YAML and Compose would take for something else.
const password = 'a $HOME ${x} #1 "b" \\n {c}';

let engine: Engine;
let chat: Deployment;
let mail: MailServer;
let bucket: Bucket;
beforeAll(async () => {
  engine = await startEngine();
  chat = await deploy(engine, { url: `http://${engine.address}`, edition: "enterprise" });
  mail = await startMailServer(engine.host, await trustMail());
  bucket = await startBucket(engine.host, keys);
  await buildCompanionImages(engine, [await chat.succeed("cat compose.yaml")]);
  await buildServerImage(engine, { ...current, isEnterprise: true }, "enterprise");
  await chat.succeed(`bin/init --site-url ${chat.site.url} --admin-email admin@example.org`);
  const settings = {
    COMPOSE_FILE: ["compose.yaml", ...overlays, "compose.override.yaml"].join(":"),
    MM_EMAILSETTINGS_SMTPSERVER: mailHost,
    MM_EMAILSETTINGS_SMTPPORT: mail.port,
    MM_EMAILSETTINGS_CONNECTIONSECURITY: "TLS",
    MM_EMAILSETTINGS_ENABLESMTPAUTH: true,
    MM_EMAILSETTINGS_SMTPUSERNAME: "chat@example.org",
    MM_EMAILSETTINGS_SMTPPASSWORD: `'${password}'`,
    MM_EMAILSETTINGS_FEEDBACKEMAIL: "from@example.org",
    MM_EMAILSETTINGS_REPLYTOADDRESS: "to@example.org",
    MM_FILESETTINGS_AMAZONS3BUCKET: "chat-files",
    MM_FILESETTINGS_AMAZONS3REGION: keys.AmazonS3Region,
    MM_FILESETTINGS_AMAZONS3ENDPOINT: `${engine.host}:${bucket.port}`,
    MM_FILESETTINGS_AMAZONS3PATHPREFIX: "chat/",
    MM_FILESETTINGS_AMAZONS3SSL: false,
    MM_FILESETTINGS_AMAZONS3ACCESSKEYID: keys.AmazonS3AccessKeyId,
    MM_FILESETTINGS_AMAZONS3SECRETACCESSKEY: keys.AmazonS3SecretAccessKey,
    MM_CALLS_ICE_HOST_OVERRIDE: engine.address,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  appendFileSync(join(chat.folder, ".env"), lines.join(""));
  await chat.succeed("bin/up");
}, 600_000);
afterAll(async () => {
  await chat.remove();
  await engine.remove();
  mail.close();
  bucket.close();
});

it("sends mail with the settings of the overlay, whatever is in the password", async () => {
  const token = await chat.signIn();
  expect(await callSite(chat.site, "POST /email/test", { token })).toMatchObject({ status: 200 });
  const account = Buffer.from(`\0chat@example.org\0${password}`).toString("base64");
  expect(mail.heard).toEqual(
    expect.arrayContaining([
      `AUTH PLAIN ${account}`,
      "MAIL FROM:<from@example.org>",
      "RCPT TO:<admin@example.org>",
      "Reply-To: to@example.org",
    ]),
  );
});

it("keeps files in the bucket, and none in the volume", async () => {
  const kept = await chat.leaveKeepsake("kept");
  expect(await readKeepsake(chat.site, kept)).toMatchObject({ file: "the file of kept" });
  expect([...bucket.objects.keys()]).toEqual([
    expect.stringMatching(/^\/chat-files\/chat\/\d{8}\/.*\/kept\.txt$/),
  ]);
  const find = ["debian-with-servers", "find", "/data", "-type", "f"];
  const { out } = await engine.docker(["run", "--rm", "--volume", "chat_data:/data", ...find]);
  expect(out).not.toContain("kept.txt");
  expect(await chat.succeed("bin/backup")).toContain(
    "the files in the bucket are not part of the backup",
  );
});

it("publishes the port for calls, UDP and TCP, into the server's container", async () => {
  expect(await echoOverTcp()).toBe("over TCP");
  expect(await echoOverUdp()).toBe("over UDP");
  const inspect = ["inspect", "chat-mattermost-1", "--format", "{{json .Config.Env}}"];
  const { out } = await engine.docker(inspect);
  expect(JSON.parse(out)).toContain(`MM_CALLS_ICE_HOST_OVERRIDE=${engine.address}`);
});

it("publishes metrics to the host itself, and to nobody else", async () => {
  const script = 'fetch("http://127.0.0.1:8067/metrics").then((r) => r.text()).then(console.log)';
  const inside = [`--net=/run/netns/${engine.network}`, process.execPath, "-e", script];
  expect((await execute("nsenter", inside)).out).toContain("mattermost_metrics");
  await expect(fetch(`http://${engine.address}:8067/metrics`)).rejects.toThrow("fetch failed");
});

it("opens no other port with all overlays, and keeps the rules for containers", async () => {
  expect(await scanContainers(engine)).toMatchObject({
    ports: ["tcp 443", "tcp 80", "tcp 8067", "tcp 8443", "udp 443", "udp 8443"],
    roots: [],
    written: [],
    faults: [],
  });
});

it("hides the database from the proxy and the world from the database", async () => {
  const proxy = await chat.run("docker compose exec -T proxy getent hosts postgres");
  expect(proxy.code).not.toBe(0);
  const server = await chat.run("docker compose exec -T proxy getent hosts mattermost");
  expect(server.code).toBe(0);
  // Docker drops what an internal network sends out, so that nobody answers.
  const call = `timeout 10 bash -c 'exec 3<>/dev/tcp/${engine.host}/${mail.port}'`;
  expect(await chat.run(`docker compose exec -T proxy ${call}`)).toMatchObject({ code: 0 });
  expect(await chat.run(`docker compose exec -T postgres ${call}`)).toMatchObject({ code: 124 });
});

/** Leads the name of the mail server to this machine, and makes the server trust its certificate. */
async function trustMail() {
  const folder = join(chat.folder, "../authority");
  const authority = await makeAuthority(folder);
  await authority.issue(mailHost, folder);
  const override = `services:
  mattermost:
    extra_hosts: ["${mailHost}:${engine.host}"]
    environment: {NODE_EXTRA_CA_CERTS: /authority.pem}
    volumes: ["../authority/ca.pem:/authority.pem:ro"]
`;
  writeFileSync(join(chat.folder, "compose.override.yaml"), override);
  return {
    key: readFileSync(join(folder, "privkey.pem")),
    cert: readFileSync(join(folder, "fullchain.pem")),
  };
}

async function echoOverTcp(): Promise<string> {
  const socket = connect(8443, engine.address);
  socket.write("over TCP");
  const [bytes] = await once(socket, "data");
  socket.destroy();
  return String(bytes);
}

// What is lost on the way is sent again, as with every datagram.
async function echoOverUdp(): Promise<string> {
  const socket = createSocket("udp4");
  const again = setInterval(() => socket.send("over UDP", 8443, engine.address), 200);
  const [bytes] = await once(socket, "message");
  clearInterval(again);
  socket.close();
  return String(bytes);
}
