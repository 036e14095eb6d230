import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startEngine, type Engine } from "../machines/engine.ts";
import { execute } from "../machines/execute.ts";
import { buildCompanionImages } from "../machines/images.ts";
import { bootMachine, type Machine } from "../machines/machine.ts";
import { requirePrograms } from "../machines/requirements.ts";
import { emit } from "../projects.ts";
import { callApi, listen, makeAccount, signIn } from "../stand-in/api-client.ts";
import { current, newer } from "../stand-in/archive.ts";
import { buildServerImage } from "../stand-in/server-image.ts";
import { smokeSite } from "./smoke-site.ts";
import { checkout } from "./tools.ts";

/** Writes an emitted project into a new folder. */
async function written(answers: Readonly<Record<string, unknown>>) {
  const folder = mkdtempSync(join(tmpdir(), "emitted-"));
  const { rendered } = await emit({ tier: "certified", edition: "team", ...answers });
  for (const { path, text, isExecutable } of rendered) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    chmodSync(join(folder, path), isExecutable ? 0o755 : 0o644);
  }
  return { folder, files: new Map(rendered.map(({ path, text }) => [path, text])) };
}

describe("what a test starts", () => {
  it("goes when the test is killed", async () => {
    const machines = join(import.meta.dirname, "../machines");
    const script = `
      import { guardedFolder } from "${machines}/guarded-folder.ts";
      import { makeNetwork } from "${machines}/network.ts";
      const folder = await guardedFolder("killed");
      const network = await makeNetwork(folder, true);
      console.log(folder.path, network.name);
      process.kill(process.pid, "SIGKILL");`;
    const words = ["--import", "tsx", "--input-type=module", "-e", script];
    const { out } = await execute(process.execPath, words, { cwd: checkout, mayFail: true });
    const [folder = "", network = ""] = out.trim().split(" ");
    expect(network).toMatch(/^mmdeploy\d+$/);
    await vi.waitUntil(() => !existsSync(folder), { timeout: 10_000 });
    expect((await execute("ip", ["netns", "list"])).out.split(/\s/)).not.toContain(network);
    expect((await execute("iptables", ["-S", "FORWARD"])).out).not.toContain(`${network} `);
  });

  it("says what this machine lacks for it", () => {
    expect(() => requirePrograms("a machine", ["no-such-program"])).toThrow(
      /^a machine needs no-such-program; run npm run test:system as root on Debian 12 or later$/,
    );
  });
});

describe("a machine", () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await bootMachine();
  });
  afterAll(() => machine.remove());

  it("runs Debian 12 with systemd, and knows nothing of this machine's environment", async () => {
    const { out } = await machine.exec("cat /etc/debian_version; ps -o comm= 1; env");
    expect(out).toMatch(/^12\.\d+\nsystemd\n/);
    expect(out).not.toContain("npm_");
  });
});

describe("an engine", () => {
  let engine: Engine;
  const projects = new Map<string, Awaited<ReturnType<typeof written>>>();
  beforeAll(async () => {
    engine = await startEngine();
    for (const proxy of ["caddy", "nginx"])
      projects.set(proxy, await written({ platform: "docker", os: ["debian-12"], proxy }));
    const texts = [...projects.values()].map(({ files }) => files.get("compose.yaml") ?? "");
    await buildCompanionImages(engine, texts);
    for (const release of [current, newer]) await buildServerImage(engine, release);
  });
  afterAll(async () => {
    await engine.remove();
    for (const { folder } of projects.values()) rmSync(folder, { recursive: true });
  });

  const site = () => `http://${engine.address}`;
  const image = "mattermost/mattermost-team-edition:11.7.9";

  it("has an image of the server under the official name, without a shell", async () => {
    const version = ["run", "--rm", "--pull=never", image, "/mattermost/bin/mattermost", "version"];
    expect((await engine.docker(version)).out).toMatch(/^Version: 11\.7\.9\n/);
    const shell = ["run", "--rm", "--pull=never", image, "sh", "-c", "true"];
    expect((await engine.docker(shell, { mayFail: true })).code).toBe(127);
    const inspect = ["image", "inspect", image, "--format", "{{json .Config}}"];
    expect(JSON.parse((await engine.docker(inspect)).out)).toMatchObject({
      User: "mattermost",
      WorkingDir: "/mattermost",
      Volumes: { "/mattermost/data": {}, "/mattermost/client/plugins": {} },
    });
  });

  it("cannot pull", async () => {
    const pulled = await engine.docker(["pull", "hello-world"], { mayFail: true });
    expect(pulled.code).not.toBe(0);
  });

  describe.for(["caddy", "nginx"])("with the Compose project behind %s", (proxy) => {
    const folder = () => projects.get(proxy)?.folder ?? "";
    const bash = (line: string) =>
      execute("bash", ["-c", `${line} 2>&1`], { cwd: folder(), env: engine.environment });
    afterAll(() => bash("docker compose down --volumes"));

    it("brings it up", async () => {
      await bash(`bin/init --site-url ${site()} --admin-email admin@example.org`);
      await bash("sed -i s/^NGINX_SITE=.*/NGINX_SITE=http/ .env");
      expect((await bash("bin/up")).out).toContain(`Mattermost 11.7.9 runs at ${site()}`);
    });

    it("has a site that works through the proxy, websocket included", async () => {
      const administrator = (await bash("cat secrets/admin_password")).out.trim();
      const token = await signIn(site(), "admin", administrator);
      const heard = await listen(site(), { origin: site(), token });
      expect(heard).toMatchObject({ status: 101, dropped: false });
      await makeAccount(site(), "another", { token });
      expect(await smokeSite(site(), token)).toMatchObject({ code: 0 });
    });

    it("upgrades to the newer version with its migration, and keeps the accounts", async () => {
      await bash("bin/upgrade 11.7.10");
      const ping = await callApi(site(), "GET /system/ping");
      expect(ping.headers.get("x-version-id")).toMatch(/^11\.7\.10\./);
      expect(await signIn(site(), "another")).toMatch(/^\w{26}$/);
    });
  });
});
