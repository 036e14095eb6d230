import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bootLinuxSite, type LinuxSite } from "../machines/linux-site.ts";
import { fillSite, readSite, type SiteContent } from "../machines/site-content.ts";
import { callApi } from "../stand-in/api-client.ts";
import { current, newer } from "../stand-in/archive.ts";
import { smokeSite } from "./smoke-site.ts";

const megabytes = 200;
/** How often each downtime is taken. The shortest counts: other work on this machine only adds. */
const rounds = 5;

describe("the service of a Linux project", () => {
  let site: LinuxSite;
  let content: SiteContent;
  beforeAll(async () => {
    site = await bootLinuxSite([current, newer]);
    const { code, out } = await site.run("install");
    expect(code, out).toBe(0);
    content = await fillSite(site.url, await site.signIn(), site.machine);
  });
  afterAll(() => site.remove());
  const show = async (line: string) => (await site.machine.exec(line)).out.trim();

  it("tells systemd when it is ready, and ends cleanly", async () => {
    const state = "systemctl show -p Type -p ActiveState -p NRestarts -p Result mattermost | sort";
    const [active, restarts, result, type] = (await show(state)).split("\n");
    expect([active, restarts, result, type]).toEqual([
      "ActiveState=active",
      "NRestarts=0",
      "Result=success",
      "Type=notify",
    ]);
    await site.machine.exec("systemctl stop mattermost");
    expect(await show(state)).toContain("Result=success");
    await site.machine.exec("systemctl start mattermost");
  });

  it("is exposed no more than 2.0, as systemd-analyze counts, with the server working", async () => {
    const out = await show("systemd-analyze security --no-pager mattermost | tail -n 1");
    console.log(out);
    const [, exposure = ""] =
      /Overall exposure level for mattermost.service: ([\d.]+)/.exec(out) ?? [];
    expect(Number(exposure)).toBeGreaterThan(0);
    expect(Number(exposure)).toBeLessThanOrEqual(2);
    expect(await smokeSite(site.url, content.token)).toMatchObject({ code: 0 });
    // As a plugin does: the server writes a program into its folder and runs it.
    await site.machine.exec(`leader=$(systemctl show -P MainPID mattermost)
      nsenter -t "$leader" -m -- setpriv --reuid=mattermost --regid=mattermost --clear-groups sh -c \\
        'cp /bin/true /var/lib/mattermost/plugins/program && /var/lib/mattermost/plugins/program &&
         rm /var/lib/mattermost/plugins/program && ! touch /var/lib/mattermost/outside /etc/outside'`);
  });

  it("keeps the server and the database to the machine, and lets the proxy out", async () => {
    for (const port of [8065, 5432]) expect(await isOpen(site.machine.address, port)).toBe(false);
    expect(await isOpen(site.machine.address, 80)).toBe(true);
  });

  it("keeps secrets to root and off command lines", async () => {
    const modes = await show(
      "stat -c '%a %U %n' /etc/mattermost/mattermost.env /etc/mattermost/first-administrator project/settings.conf /var/log/mattermost-deployment.log /var/lib/mattermost-deployment",
    );
    expect(modes.split("\n")).toEqual([
      "600 root /etc/mattermost/mattermost.env",
      "600 root /etc/mattermost/first-administrator",
      "600 root project/settings.conf",
      "600 root /var/log/mattermost-deployment.log",
      "700 root /var/lib/mattermost-deployment",
    ]);
    const password = await show("sed -n 's/^password: //p' /etc/mattermost/first-administrator");
    expect(password).toMatch(/^[A-Za-z0-9]{24}-aA1$/);
    expect(await show("cat /var/log/mattermost-deployment.log")).not.toContain(password);
  });

  it("has the log of its commands rotated", async () => {
    const configuration = "/etc/logrotate.d/mattermost-deployment";
    const log = "/var/log/mattermost-deployment.log";
    const dry = await site.machine.exec(`logrotate -d ${configuration} 2>&1`);
    expect(dry.out).toContain(`considering log ${log}`);
    expect(dry.out).not.toMatch(/error/i);
    // All of the system's, as its timer does.
    await site.machine.exec("logrotate -f /etc/logrotate.conf");
    expect(await show(`cat ${log}.1`)).toContain("Mattermost 11.7.9 runs at");
    expect(await show(`stat -c '%a %U %s' ${log}`)).toBe("600 root 0");
    expect((await site.run("backup /root/backups")).code).toBe(0);
    await site.machine.exec("logrotate -f /etc/logrotate.conf");
    expect(await show(`cat ${log}.1`)).toContain("backup /root/backups");
    expect(await show(`zcat ${log}.2.gz`)).toContain("Mattermost 11.7.9 runs at");
  });

  it("has its administrator before anybody can get in", async () => {
    const body = { email: "visitor@example.org", username: "visitor", password: "Visitor-1-aA" };
    expect((await callApi(site.url, "POST /users", { body })).status).toBe(403);
  });

  it(`is away for an upgrade hardly longer than it must be, with ${megabytes} MB of uploads`, async () => {
    const folder = "/var/lib/mattermost/data/uploads";
    await site.machine.exec(`mkdir -p ${folder}; for ((i = 0; i < ${megabytes / 2}; i++)); do
      head -c 2000000 /dev/urandom >${folder}/$i; done; chown -R mattermost:mattermost ${folder}`);
    const before = await readSite(site.url, content, site.machine);
    const taken: { readonly bare: number; readonly upgrade: number }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      if (round > 0) expect((await site.run("rollback")).code).toBe(0);
      // The same server, on the same machine: stop, dump, start.
      const bare = await downtime(site.url, () =>
        site.machine.exec(`systemctl stop mattermost
          cd / && runuser -u mattermost -- pg_dump -Fc -h /var/run/postgresql mattermost >/root/bare.dump
          systemctl start mattermost`),
      );
      const upgrade = await downtime(site.url, async () => {
        const { code, out } = await site.run("upgrade 11.7.10");
        expect(code, out).toBe(0);
      });
      taken.push({ bare, upgrade });
    }
    const bare = Math.min(...taken.map((one) => one.bare));
    const upgrade = Math.min(...taken.map((one) => one.upgrade));
    const all = taken.map((one) => `${one.upgrade}/${one.bare}`).join(", ");
    console.log(
      `downtime with ${megabytes} MB of uploads, the shortest of ${rounds}: upgrade ${upgrade} ms, bare stop, dump and start ${bare} ms, ratio ${(upgrade / bare).toFixed(2)} (wanted: 1.30 at most; upgrade/bare in ms: ${all})`,
    );
    expect(Math.min(bare, upgrade)).toBeGreaterThan(0);
    expect(await readSite(site.url, content, site.machine)).toEqual(before);
    const files = await show(`find ${folder} -type f | wc -l; du -sm ${folder} | cut -f 1`);
    expect(files).toBe(`${megabytes / 2}\n${Math.ceil((megabytes * 1e6) / 2 ** 20) + 1}`);
  });
});

/** Tells whether something takes connections. */
function isOpen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2000 });
    const end = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.on("connect", () => end(true)).on("error", () => end(false));
    socket.on("timeout", () => end(false));
  });
}

/** Milliseconds from the last answer that people get before something to the first one after it. */
async function downtime(site: string, what: () => Promise<unknown>): Promise<number> {
  const times = [await timeOfAnswer(site)];
  let end = Infinity;
  const done = what().finally(() => (end = performance.now()));
  while ((times.at(-1) ?? 0) <= end) times.push(await timeOfAnswer(site));
  await done;
  const pauses = times.slice(1).map((time, index) => time - (times[index] ?? time));
  return Math.round(Math.max(...pauses));
}

/** Asks again and again; the time, in milliseconds, at which the first answer is there. */
async function timeOfAnswer(site: string): Promise<number> {
  while (true) {
    await sleep(10);
    const answer = await callApi(site, "GET /config/client?format=old").catch(() => undefined);
    if (answer?.status === 200) return performance.now();
  }
}
