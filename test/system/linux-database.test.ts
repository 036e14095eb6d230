import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bootLinuxSite, type LinuxSite } from "../machines/linux-site.ts";
import { runHalted } from "../machines/run-halted.ts";
import { fillSite, readSite, versionOf, type SiteContent } from "../machines/site-content.ts";
import { callApi } from "../stand-in/api-client.ts";
import { current, newer } from "../stand-in/archive.ts";
import type { Release } from "../stand-in/server/release.ts";

const breaking: Release = { version: "11.7.11", schema: 160, faults: ["fails-migration"] };

/** Where an upgrade is when PostgreSQL goes away; afterwards the old version runs. */
const onTheWay = [
  "copied",
  "prepared",
  "stopped",
  "saved",
  "flushed",
  "starting",
  "switched",
  "started",
] as const;

/** Where the way back of an upgrade is whose migration fails. */
const onTheWayBack = ["returning", "database-back", "files-back", "version-back"] as const;

const stop = "systemctl stop postgresql@15-main";

describe("an upgrade that PostgreSQL goes away from", () => {
  let site: LinuxSite;
  let content: SiteContent;
  let before: Awaited<ReturnType<typeof readSite>>;
  beforeAll(async () => {
    site = await bootLinuxSite([current, newer, breaking]);
    const { code, out } = await site.run("install");
    expect(code, out).toBe(0);
    content = await fillSite(site.url, await site.signIn(), site.machine);
    before = await readSite(site.url, content, site.machine);
  });
  afterAll(() => site.remove());

  const expectUnharmed = async () => {
    expect(await versionOf(site.url)).toBe("11.7.9");
    expect(await readSite(site.url, content, site.machine)).toEqual(before);
    const { out } = await site.machine.exec(
      "ls /var/lib/mattermost-deployment /etc/nginx/mattermost-closed",
      { mayFail: true },
    );
    expect(out).not.toMatch(/journal|hold|reserve|closed/);
  };

  it.for(onTheWay)("starts it and goes back, at %s", async (point) => {
    const { code, out } = await runHalted(site, "upgrade 11.7.10", point, stop);
    expect(out).toContain("11.7.9 is running again, with the database and the files that it had.");
    expect(code).toBe(1);
    await expectUnharmed();
  });

  it.for(onTheWayBack)("starts it on the way back, at %s", async (point) => {
    const { code, out } = await runHalted(site, `upgrade ${breaking.version}`, point, stop);
    expect(out).toContain("11.7.9 is running again, with the database and the files that it had.");
    expect(code).toBe(1);
    await expectUnharmed();
  });

  it("stays closed where it does not come back, until it has", async () => {
    const { code, out } = await runHalted(
      site,
      `upgrade ${breaking.version}`,
      "returning",
      `${stop}; systemctl mask --runtime postgresql@15-main`,
    );
    expect(out).toContain("warning: PostgreSQL does not answer; waiting 60 seconds at most");
    expect(out).toContain("error: the old state could not be put back");
    expect(out).toContain("run bin/restore --resume");
    expect(code).toBe(1);
    expect((await callApi(site.url, "GET /config/client?format=old")).status).toBe(503);
    await site.machine.exec("systemctl unmask --runtime postgresql@15-main");
    const resumed = await site.run("restore --resume");
    expect(resumed.out).toContain("11.7.9 is running again");
    expect(resumed.code).toBe(0);
    await expectUnharmed();
  });

  it("waits for one that is elsewhere, and does not touch the one of the machine", async () => {
    // The same database, under the address that an external one has.
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
    const installed = await site.run("install");
    expect(installed.code, installed.out).toBe(0);
    const running = runHalted(site, `upgrade ${breaking.version}`, "returning", stop);
    const meanwhile = await site.machine.exec(
      `for ((i = 0; i < 1200; i++)); do
         grep -qs 'waiting 300 seconds' /var/log/mattermost-deployment.log && break; sleep 0.05
       done; sleep 2; systemctl is-active postgresql@15-main; systemctl start postgresql@15-main`,
    );
    expect(meanwhile.out).toBe("inactive\n");
    const { code, out } = await running;
    expect(out).toContain("warning: PostgreSQL does not answer; waiting 300 seconds at most");
    expect(out).toContain("11.7.9 is running again, with the database and the files that it had.");
    expect(code).toBe(1);
    expect(await versionOf(site.url)).toBe("11.7.9");
  });
});
