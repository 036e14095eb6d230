import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { bootLinuxSite, type LinuxSite } from "../machines/linux-site.ts";
import { fillSite, readSite, versionOf, type SiteContent } from "../machines/site-content.ts";
import { runHalted } from "../machines/run-halted.ts";
import { current, newer } from "../stand-in/archive.ts";
import type { Release } from "../stand-in/server/release.ts";

const faulty = (version: string, fault: Release["faults"][number]): Release => ({
  version,
  schema: 160,
  faults: [fault],
});
const dead = faulty("11.7.11", "fails-to-start");
const breaking = faulty("11.7.12", "fails-migration");
const sick = faulty("11.7.13", "never-healthy");
const endless = faulty("11.7.14", "endless-migration");
const releases = [current, newer, dead, breaking, sick, endless];

describe("an upgrade that goes wrong", () => {
  let site: LinuxSite;
  let content: SiteContent;
  let before: Awaited<ReturnType<typeof readSite>>;
  beforeAll(async () => {
    site = await bootLinuxSite(releases);
    const { code, out } = await site.run("install");
    expect(code, out).toBe(0);
    content = await fillSite(site.url, await site.signIn(), site.machine);
    before = await readSite(site.url, content, site.machine);
  });
  afterAll(() => site.remove());
  beforeEach(() => {
    for (const release of releases) site.mirror.damage(release, "not at all");
  });

  /** The old version serves, with all that it had, and nothing is left half done. */
  const expectUnharmed = async () => {
    expect(await versionOf(site.url)).toBe("11.7.9");
    expect(await readSite(site.url, content, site.machine)).toEqual(before);
    const { out } = await site.machine.exec(
      "ls /var/lib/mattermost-deployment /var/lib/mattermost-deployment/downloads /etc/nginx/mattermost-closed /opt",
      { mayFail: true },
    );
    expect(out).not.toMatch(/journal|hold|reserve|closed|partial|tar\.gz/);
  };
  const lastStart = async () =>
    (await site.machine.exec("systemctl show -p ActiveEnterTimestampMonotonic mattermost")).out;

  it.for([
    ["the signature is of another archive", "wrong signature", "is not signed by the key"],
    ["the archive is truncated", "half of it", "is not signed by the key"],
    ["the connection breaks", "broken connection", "could not be fetched"],
  ] as const)("stops before the server does when %s", async ([, damage, message]) => {
    site.mirror.damage(newer, damage);
    const started = await lastStart();
    const { code, out } = await site.run("upgrade 11.7.10");
    expect(out).toContain(message);
    expect(code).toBe(1);
    await expectUnharmed();
    expect(await lastStart()).toBe(started);
  });

  it("stops before the server does when the disk has no room for it", async () => {
    await site.machine.exec(
      "mount -t tmpfs -o size=900m tmpfs /var/lib/mattermost-deployment && chmod 700 /var/lib/mattermost-deployment",
    );
    const started = await lastStart();
    const { code, out } = await site.run("upgrade 11.7.10");
    expect(out).toMatch(/has \d+ MiB free, the download needs 1024\n {2}Make room there/);
    expect(code).toBe(1);
    await site.machine.exec("umount /var/lib/mattermost-deployment");
    await expectUnharmed();
    expect(await lastStart()).toBe(started);
  });

  it("goes back when the disk fills up during the change", async () => {
    const folder = "/var/lib/mattermost-deployment";
    await site.machine.exec(`mount -t tmpfs -o size=1200m tmpfs ${folder} && chmod 700 ${folder}`);
    const { code, out } = await runHalted(
      site,
      "upgrade 11.7.10",
      "prepared",
      `fallocate -l "$(df -B1 --output=avail ${folder} | tail -n 1)" ${folder}/filler`,
    );
    expect(out).toMatch(/No space left on device/);
    expect(out).toContain("error: the database could not be saved");
    expect(out).toContain("11.7.9 is running again");
    expect(code).toBe(1);
    await site.machine.exec(`umount ${folder}`);
    await expectUnharmed();
  });

  it("stops before the server does when PostgreSQL is missing", async () => {
    await site.machine.exec("systemctl stop postgresql@15-main");
    const { code, out } = await site.run("upgrade 11.7.10");
    expect(out).toContain("the database cannot be reached");
    expect(code).toBe(1);
    await site.machine.exec("systemctl start postgresql@15-main");
    await expectUnharmed();
  });

  it.for([
    ["does not start", dead],
    ["fails in its migration", breaking],
    ["never becomes healthy", sick],
  ] as const)("goes back when the new server %s", async ([, release]) => {
    const { code, out } = await site.run(`upgrade ${release.version}`);
    expect(out).toContain(`warning: the upgrade failed; going back to 11.7.9`);
    expect(out).toContain("11.7.9 is running again, with the database and the files that it had.");
    expect(code).toBe(1);
    await expectUnharmed();
  });

  it("goes back, with a word on it, when migrations take longer than they may", async () => {
    const { code, out } = await site.run(`upgrade ${endless.version} --start-timeout 5`);
    expect(out).toContain("warning: the server is not ready after 5 seconds");
    expect(out).toContain("bin/upgrade --start-timeout SECONDS gives it more time");
    expect(out).toContain("11.7.9 is running again, with the database and the files that it had.");
    expect(code).toBe(1);
    await expectUnharmed();
  });

  it("gives an upgrade that was killed the time that it was given", async () => {
    const killed = await site.run(
      `upgrade ${endless.version} --start-timeout 5`,
      "MATTERMOST_DEPLOYMENT_KILL_AT=starting",
    );
    expect([null, 137]).toContain(killed.code);
    const { code, out } = await site.run("restore --resume");
    expect(out).toContain("warning: the server is not ready after 5 seconds");
    expect(out).toContain("11.7.9 is running again");
    expect(code).toBe(0);
    await expectUnharmed();
  });

  it("goes back when it is interrupted from the keyboard", async () => {
    const line = `upgrade ${sick.version}`;
    const { code, out } = await runHalted(site, line, "starting", "kill -INT $halted");
    expect(out).toContain("11.7.9 is running again");
    expect(code).toBe(1);
    await expectUnharmed();
  });

  it("goes back to all that was there when the server stopped, wherever files are", async () => {
    await site.machine.exec(
      `systemctl stop mattermost; mv /var/lib/mattermost/data /srv/data
       ln -s /srv/data /var/lib/mattermost/data; systemctl start mattermost`,
    );
    const body = JSON.stringify({ TeamSettings: { SiteName: "Later" } });
    const { code, out } = await runHalted(
      site,
      `upgrade ${breaking.version}`,
      "prepared",
      `cd /var/lib/mattermost &&
       curl -fsS -o /dev/null -X PUT -H 'Authorization: Bearer ${content.token}' -d '${body}' http://127.0.0.1:8065/api/v4/config/patch &&
       echo later >data/later && mkdir plugins/later && echo later >plugins/later/file &&
       echo '{"id":"com.example.kept", "changed": true}' >plugins/com.example.kept/plugin.json`,
    );
    expect(out).toContain("11.7.9 is running again");
    expect(code).toBe(1);
    const { out: found } = await site.machine.exec(
      `cd /var/lib/mattermost; cat plugins/later/file data/later
       cd ../mattermost-deployment/recovery/files; cat plugins/later/file data/later`,
    );
    expect(found).toBe("later\n".repeat(4));
    expect(await readSite(site.url, content, site.machine)).toEqual({
      ...before,
      siteName: "Later",
      plugin: '{"id":"com.example.kept", "changed": true}',
    });
    before = await readSite(site.url, content, site.machine);
  });

  it("succeeds in the end", async () => {
    const { code, out } = await site.run("upgrade 11.7.10");
    expect(code, out).toBe(0);
    expect(await readSite(site.url, content, site.machine)).toEqual(before);
  });
});
