import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { execute } from "../machines/execute.ts";
import { bootMachine, type Machine } from "../machines/machine.ts";
import { requirePrograms } from "../machines/requirements.ts";
import { emit } from "../projects.ts";
import { callApi, listen, signIn } from "../stand-in/api-client.ts";
import { current, newer } from "../stand-in/archive.ts";
import { startReleaseMirror, type ReleaseMirror } from "../stand-in/release-mirror.ts";
import { checkout } from "./tools.ts";

/** Runs the program's basic test on a site with an administrator's token. */
async function smoke(site: string, token: string) {
  const words = [join(checkout, "dist/command.js"), "smoke", site];
  const env = { ...process.env, MATTERMOST_SMOKE_TOKEN: token };
  return execute(process.execPath, words, { env, mayFail: true });
}

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
  let mirror: ReleaseMirror;
  let project: string;
  beforeAll(async () => {
    machine = await bootMachine();
    mirror = await startReleaseMirror([current, newer], machine.host);
    project = (await written({ platform: "linux", os: ["debian-12"] })).folder;
  });
  afterAll(async () => {
    await mirror.close();
    await machine.remove();
    rmSync(project, { recursive: true });
  });

  const site = () => `http://${machine.address}`;
  const password = async () => {
    const { out } = await machine.exec("cat /etc/mattermost/first-administrator");
    return /password: (\S+)/.exec(out)?.[1] ?? "";
  };

  it("runs Debian 12 with systemd, and knows nothing of this machine's environment", async () => {
    const { out } = await machine.exec("cat /etc/debian_version; ps -o comm= 1; env");
    expect(out).toMatch(/^12\.\d+\nsystemd\n/);
    expect(out).not.toContain("npm_");
  });

  it("installs an emitted Linux project from the signed mirror", { timeout: 600_000 }, async () => {
    machine.copy(project, "/root/project");
    const settings = `SITE_URL=${site()}\nTLS=none\nADMIN_EMAIL=admin@example.org\n`;
    const name = "ADMIN_USERNAME=administrator\n";
    machine.write("/root/project/settings.conf", settings + name + mirror.settings, 0o600);
    const { out } = await machine.exec("project/bin/install 2>&1");
    expect(out).toContain(`signature by ${mirror.fingerprint} verified`);
    expect(out).toContain(`Mattermost 11.7.9 runs at ${site()}`);
  });

  it("has a site that works through nginx, websocket included", async () => {
    const token = await signIn(site(), "administrator", await password());
    const heard = await listen(site(), { origin: site(), token });
    expect(heard).toMatchObject({ status: 101, dropped: false });
    expect(heard.messages[0]).toMatchObject({ event: "hello" });
    expect((await listen(site(), { origin: "http://foreign.example", token })).status).toBe(403);
    expect(await smoke(site(), token)).toMatchObject({ code: 0 });
  });

  it("has told systemd that the server is ready, and ends it cleanly", async () => {
    const show = "systemctl show -p Type -p ActiveState -p NRestarts -p Result mattermost";
    expect((await machine.exec(show)).out.trim().split("\n").toSorted()).toEqual([
      "ActiveState=active",
      "NRestarts=0",
      "Result=success",
      "Type=notify",
    ]);
    await machine.exec("systemctl stop mattermost");
    expect((await machine.exec(show)).out).toContain("Result=success");
    await machine.exec("systemctl start mattermost");
  });

  it("upgrades to the newer version with its migration, and keeps the accounts", async () => {
    const { out } = await machine.exec("project/bin/upgrade 11.7.10 2>&1");
    expect(out).toContain("11.7.10 is running");
    const ping = await callApi(site(), "GET /system/ping");
    expect(ping.headers.get("x-version-id")).toMatch(/^11\.7\.10\./);
    expect(await signIn(site(), "administrator", await password())).toMatch(/^\w{26}$/);
  });

  it("comes up again with all of it", async () => {
    await machine.reboot();
    await machine.exec(
      "for ((i = 0; i < 50; i++)); do curl -fs -o /dev/null localhost/api/v4/system/ping && exit; sleep 0.2; done; exit 1",
    );
    expect((await callApi(site(), "GET /system/ping")).status).toBe(200);
  });
});
