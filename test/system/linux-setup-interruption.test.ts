import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { killPoints } from "../machines/kill-points.ts";
import { bootLinuxSite, type LinuxSite } from "../machines/linux-site.ts";
import { fillSite, readSite, type SiteContent } from "../machines/site-content.ts";
import { callApi } from "../stand-in/api-client.ts";
import { current } from "../stand-in/archive.ts";
import { smokeSite } from "./smoke-site.ts";

/** The points of a first installation, in its order. */
const install = [
  "install-packages",
  "install-account",
  "install-role",
  "install-empty-database",
  "install-database",
  "install-unpacked",
  "install-linked",
  "install-configured",
  "install-started",
  "install-password",
  "install-administrator",
  "install-site-kept",
  "install-site",
  "install-proxy",
  "install-timer",
] as const;

/** The points of bin/uninstall, and those that it has when it deletes the data. */
const uninstall = [
  "uninstall-noted",
  "uninstall-service",
  "uninstall-site",
  "uninstall-program",
] as const;
const deletion = ["uninstall-database", "uninstall-files", "uninstall-folders"] as const;

describe("an installation or its removal that is killed", () => {
  let site: LinuxSite;
  let content: SiteContent;
  let before: Awaited<ReturnType<typeof readSite>>;
  beforeAll(async () => {
    site = await bootLinuxSite([current]);
  });
  afterAll(() => site.remove());

  const succeed = async (line: string) => {
    const { code, out } = await site.run(line);
    expect(code, out).toBe(0);
    return out;
  };
  const kill = async (line: string, point: string) => {
    const { code, out } = await site.run(line, `MATTERMOST_DEPLOYMENT_KILL_AT=${point}`);
    // What ends by a signal has no code, or 128 and its number.
    expect([null, 137], out).toContain(code);
  };
  /** What a visitor gets who tries to sign up: a status, 0 where nobody answers. */
  const signUp = async () => {
    const body = { email: "visitor@example.org", username: "visitor", password: "Visitor-1-aA" };
    return callApi(site.url, "POST /users", { body }).then(
      ({ status }) => status,
      () => 0,
    );
  };
  const fill = async () => {
    content = await fillSite(site.url, await site.signIn(), site.machine);
    before = await readSite(site.url, content, site.machine);
  };

  it("can be killed at every point that the emitted code has", async () => {
    const points = (await killPoints()).filter((point) => /^(un)?install-/.test(point));
    expect(new Set(points)).toEqual(new Set([...install, ...uninstall, ...deletion]));
  });

  it.for(install)("lets no visitor in as its administrator, at %s", async (point) => {
    await kill("install", point);
    // 405: the welcome page of nginx.
    expect([0, 403, 404, 405, 502, 503]).toContain(await signUp());
  });

  it("comes to its end with the next call", async () => {
    await succeed("install");
    expect(await signUp()).toBe(403);
    expect(await smokeSite(site.url, await site.signIn())).toMatchObject({ code: 0 });
    const { out } = await site.machine.exec("ls -A /var/lib/mattermost-deployment");
    expect(out.split("\n").filter((name) => name !== "")).toEqual(["downloads"]);
    await fill();
  });

  it("lets no visitor in when it changes to an empty database", async () => {
    site.machine.write(
      "/srv/role.sql",
      "CREATE ROLE chat LOGIN PASSWORD 'secret'; CREATE DATABASE chat OWNER chat;\n\\c chat\nALTER SCHEMA public OWNER TO chat;\n",
    );
    await site.machine.exec(
      "cd / && runuser -u postgres -- psql -q -v ON_ERROR_STOP=1 -f /srv/role.sql",
    );
    site.configure({
      DATABASE: "external",
      DATABASE_URL: "postgres://chat:secret@127.0.0.1:5432/chat?sslmode=disable",
    });
    for (const point of ["install-started", "install-password"]) {
      await kill("install", point);
      expect(await signUp()).toBe(503);
      await succeed("restore --resume");
      expect(await signUp()).toBe(503);
    }
    await succeed("install");
    expect(await signUp()).toBe(403);
    expect(await site.signIn()).toMatch(/^\w{26}$/);
    site.configure();
    await succeed("install");
    expect(await readSite(site.url, content, site.machine)).toEqual(before);
  });

  it.for(uninstall)("loses nothing when it leaves and comes back, at %s", async (point) => {
    await kill("uninstall", point);
    await succeed("uninstall");
    const { out } = await site.machine.exec(
      "ls -d /opt/mattermost* /etc/nginx/sites-*/mattermost* /etc/systemd/system/mattermost* /etc/logrotate.d/mattermost*",
      { mayFail: true },
    );
    expect(out).toBe("");
    await succeed("install");
    expect(await readSite(site.url, content, site.machine)).toEqual(before);
  });

  it("comes back without having left to the end", async () => {
    await kill("uninstall", "uninstall-service");
    await succeed("install");
    expect(await readSite(site.url, content, site.machine)).toEqual(before);
  });

  it("says so when nginx does not accept what is left, and goes on", async () => {
    site.machine.write("/etc/nginx/conf.d/other.conf", "nonsense;\n");
    const out = await succeed("uninstall");
    expect(out).toContain("warning: nginx keeps its old configuration in use");
    expect(out).toContain("Mattermost is off this machine.");
    await site.machine.exec("rm /etc/nginx/conf.d/other.conf");
    await succeed("install");
    expect(await readSite(site.url, content, site.machine)).toEqual(before);
  });

  it.for(deletion)("deletes what is left with the next call, at %s", async (point) => {
    await kill("uninstall --delete-data --yes", point);
    await succeed("uninstall --delete-data --yes");
    const { out } = await site.machine.exec(
      `ls -d /var/lib/mattermost* /etc/mattermost /var/log/mattermost /opt/mattermost*
       getent passwd mattermost; cd /; runuser -u postgres -- psql -lqAt | grep ^mattermost`,
      { mayFail: true },
    );
    expect(out).toBe("");
    await succeed("install");
    expect(await signUp()).toBe(403);
    await fill();
  });
});
