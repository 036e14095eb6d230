import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { connect } from "node:tls";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startEngine, type Engine } from "../machines/engine.ts";
import { buildCompanionImages } from "../machines/images.ts";
import { startRegistry, type Registry } from "../machines/registry.ts";
import { current, newer } from "../stand-in/archive.ts";
import { buildServerImage } from "../stand-in/server-image.ts";
import { deploy, type Deployment } from "./docker-deployment.ts";
import { scanContainers } from "./docker-scan.ts";
import { callSite, readKeepsake, type Keepsake } from "./docker-site.ts";
import { makeAuthority, type LocalAuthority } from "./local-authority.ts";

const host = "chat.example.org";

let engine: Engine;
let registry: Registry;
let chat: Deployment;
let authority: LocalAuthority;
let first: Keepsake;
const digests = new Map<string, string>();
beforeAll(async () => {
  engine = await startEngine();
  registry = await startRegistry(engine);
  chat = await deploy(engine, { url: `https://${host}`, proxy: "nginx" });
  authority = await makeAuthority(join(chat.folder, "../authority"));
  await buildCompanionImages(engine, [await chat.succeed("cat compose.yaml")]);
  for (const release of [current, newer]) {
    const tag = await buildServerImage(engine, release);
    digests.set(release.version, await registry.push(tag));
  }
  const { out } = await engine.docker(["images", "--format", "{{.Repository}}:{{.Tag}}"]);
  for (const image of out.split("\n").filter((name) => /^(postgres|nginx):/.test(name)))
    await registry.push(`library/${image}`);
  // From here on the registry is the only place that has them.
  for (const image of out.split("\n").filter((name) => /^(postgres|nginx|mattermost)/.test(name)))
    await engine.docker(["rmi", image]);
}, 600_000);
afterAll(async () => {
  await chat.remove();
  await registry.remove();
  await engine.remove();
});

/** The serial number of the certificate that the proxy shows. */
async function serialNumber(): Promise<string> {
  const { certificate: ca } = authority;
  const socket = connect({ host: engine.address, port: 443, servername: host, ca });
  await once(socket, "secureConnect");
  const { serialNumber: serial } = socket.getPeerCertificate();
  socket.destroy();
  return serial;
}

describe("a deployment behind nginx, from a mirror", () => {
  it("wants a certificate before it does anything", async () => {
    await chat.succeed(`bin/init --site-url https://${host} --admin-email admin@example.org`);
    const { code, out } = await chat.run("bin/up");
    expect(out).toContain("secrets/tls/fullchain.pem or secrets/tls/privkey.pem is missing");
    expect(code).toBe(1);
  });

  it("comes up from a mirror, by digest, with a key that only root can read", async () => {
    mkdirSync(join(chat.folder, "secrets/tls"), { recursive: true });
    await authority.issue(host, join(chat.folder, "secrets/tls"));
    chat.trust(authority.certificate);
    const digest = digests.get("11.7.9") ?? "";
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    const settings = `REGISTRY=${registry.prefix}\nMATTERMOST_DIGEST=${digest}\n`;
    appendFileSync(join(chat.folder, ".env"), settings);
    // A checkout that is closed to others, as a strict umask makes it.
    await chat.succeed("chmod -R go= . && bin/up");
    const inspect = ["inspect", "chat-mattermost-1", "--format", "{{.Config.Image}}"];
    expect((await engine.docker(inspect)).out.trim()).toBe(
      `${registry.prefix}/mattermost/mattermost-team-edition:11.7.9@${digest}`,
    );
    expect(await chat.smoke()).toMatchObject({ code: 0 });
    first = await chat.leaveKeepsake("first");
  });

  it("opens no port but the proxy's, runs nothing as root, and writes to its volumes only", async () => {
    expect(await scanContainers(engine)).toMatchObject({
      ports: ["tcp 443", "tcp 5000", "tcp 80"],
      roots: [],
      written: [],
      faults: [],
    });
  });

  it("takes a renewed certificate without a break", async () => {
    const old = await serialNumber();
    const { out: before } = await engine.docker(["ps", "--quiet", "--no-trunc"]);
    await authority.issue(host, join(chat.folder, "secrets/tls"));
    await chat.succeed("bin/up");
    await vi.waitUntil(async () => (await serialNumber()) !== old, {
      timeout: 60_000,
      interval: 500,
    });
    expect((await engine.docker(["ps", "--quiet", "--no-trunc"])).out).toBe(before);
    expect(await chat.smoke()).toMatchObject({ code: 0 });
  });

  it("refuses an image of another digest, and the old version goes on", async () => {
    const nothing = `sha256:${"0".repeat(64)}`;
    const missing = await chat.run(`bin/upgrade 11.7.10 --digest ${nothing}`);
    expect(missing.out).toContain("the image of 11.7.10 cannot be had; nothing was changed");
    const wrong = await chat.run(`bin/upgrade 11.7.10 --digest ${digests.get("11.7.9") ?? ""}`);
    expect(wrong.out).toContain("the server says that it is 11.7.9, not 11.7.10");
    expect(wrong.out).toContain("the upgrade to 11.7.10 failed: 11.7.9 runs again, with its data");
    expect((await callSite(chat.site, "GET /system/ping")).version).toBe("11.7.9");
  });

  it("upgrades by pulling, and rolls back to the digest from before", async () => {
    const digest = digests.get("11.7.10") ?? "";
    await chat.succeed(`bin/upgrade 11.7.10 --digest ${digest}`);
    expect((await callSite(chat.site, "GET /system/ping")).version).toBe("11.7.10");
    expect(await chat.succeed("grep ^MATTERMOST_DIGEST= .env")).toContain(digest);
    expect(await readKeepsake(chat.site, first)).toMatchObject({ post: "the post of first" });
    await chat.succeed("bin/rollback --yes");
    expect((await callSite(chat.site, "GET /system/ping")).version).toBe("11.7.9");
    expect(await chat.succeed("grep ^MATTERMOST_DIGEST= .env")).toContain(digests.get("11.7.9"));
    expect(await chat.smoke()).toMatchObject({ code: 0 });
  });
});
