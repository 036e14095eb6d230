import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bootLinuxSite, type LinuxSite } from "../machines/linux-site.ts";
import { fillSite, readSite, versionOf, type SiteContent } from "../machines/site-content.ts";
import { killPoints } from "../machines/kill-points.ts";
import { callApi } from "../stand-in/api-client.ts";
import { current, newer } from "../stand-in/archive.ts";
import type { Release } from "../stand-in/server/release.ts";

const breaking: Release = { version: "11.7.11", schema: 160, faults: ["fails-migration"] };

/**
 * The points at which a change is killed, in the order of an upgrade: which version runs after the next
 * call, and what people meet until then (200: the old version is not stopped yet, or all is done).
 */
const upgrade = [
  ["copied", "11.7.9", 200],
  ["prepared", "11.7.9", 200],
  ["stopped", "11.7.9", 502],
  ["saved", "11.7.9", 503],
  ["flushed", "11.7.9", 503],
  ["starting", "11.7.10", 503],
  ["switched", "11.7.10", 503],
  ["started", "11.7.10", 503],
  ["proven", "11.7.10", 503],
  ["settled", "11.7.10", 503],
  ["opened", "11.7.10", 200],
  ["kept", "11.7.10", 200],
] as const;

/** The way back of an upgrade whose migration fails. */
const back = [
  "returning",
  "database-back",
  "files-back",
  "version-back",
  "settled",
  "opened",
  "kept",
] as const;

/** A rollback: before `starting` it is taken back, and can be asked for again. */
const rollback = [
  ["copied", "11.7.10"],
  ["prepared", "11.7.10"],
  ["stopped", "11.7.10"],
  ["saved", "11.7.10"],
  ["flushed", "11.7.10"],
  ["changing", "11.7.10"],
  ["backed-up", "11.7.10"],
  ["database-back", "11.7.10"],
  ["files-back", "11.7.10"],
  ["starting", "11.7.9"],
  ["switched", "11.7.9"],
  ["started", "11.7.9"],
  ["proven", "11.7.9"],
  ["settled", "11.7.9"],
  ["opened", "11.7.9"],
  ["kept", "11.7.9"],
] as const;

const restore = ["changing", "database-restored", "starting", "switched"] as const;

describe("a command that is killed", () => {
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

  const succeed = async (line: string) => {
    const { code, out } = await site.run(line);
    expect(code, out).toBe(0);
    return out;
  };
  const kill = async (line: string, point: string) => {
    const { code, out } = await site.run(line, `MATTERMOST_DEPLOYMENT_KILL_AT=${point}`);
    // What ends by a signal has no code, or 128 and its number.
    expect([null, 137], out).toContain(code);
    const { out: log } = await site.machine.exec("tail -n 1 /var/log/mattermost-deployment.log");
    expect(log).not.toMatch(/is running/);
  };
  const expectWhole = async (version: string) => {
    expect(await versionOf(site.url)).toBe(version);
    expect(await readSite(site.url, content, site.machine)).toEqual(before);
    const { out } = await site.machine.exec(
      "ls /var/lib/mattermost-deployment; ls /etc/nginx/mattermost-closed",
      { mayFail: true },
    );
    expect(out).not.toMatch(/journal|hold|reserve|restore|closed/);
  };

  it("can be killed at every point that a change has", async () => {
    const points = (await killPoints()).filter((point) => !/^((un)?install|backup)-/.test(point));
    // Killed in linux-upgrade-path.test.ts, which has releases in between.
    const elsewhere = "passed";
    const tested = [...upgrade, ...rollback].map(([point]) => point as string);
    expect(new Set(points)).toEqual(new Set([...tested, ...back, ...restore, elsewhere]));
  });

  it.for(upgrade)("in an upgrade, when it has %s", async ([point, version, status]) => {
    await kill("upgrade 11.7.10", point);
    const asked = await callApi(site.url, "GET /config/client?format=old");
    expect(asked.status).toBe(status);
    await succeed("restore --resume");
    await expectWhole(version);
    await succeed("upgrade 11.7.10");
    await expectWhole("11.7.10");
    await succeed("rollback");
    await expectWhole("11.7.9");
  });

  it("in an upgrade, with a power cut: the half changed server stays down", async () => {
    await kill("upgrade 11.7.10", "switched");
    await site.machine.reboot();
    const { out } = await site.machine.exec("systemctl is-active mattermost", { mayFail: true });
    expect(out.trim()).toBe("inactive");
    const status = await site.run("status");
    expect(status.out).toContain("bin/restore --resume ends it");
    expect(status.code).toBe(1);
    await succeed("upgrade 11.7.10");
    await expectWhole("11.7.10");
    await succeed("rollback");
  });

  it.for(back)("on the way back from a failed upgrade, at %s", async (point) => {
    await kill(`upgrade ${breaking.version}`, point);
    await succeed("restore --resume");
    await expectWhole("11.7.9");
  });

  it("has another upgrade before it rolls back", async () => {
    await succeed("upgrade 11.7.10");
    await expectWhole("11.7.10");
  });

  it.for(rollback)("in a rollback, when it has %s", async ([point, version]) => {
    await kill("rollback", point);
    await succeed("restore --resume");
    await expectWhole(version);
    if (version === "11.7.9") await succeed("upgrade 11.7.10");
    const status = await site.run("status");
    expect(status.out).toContain("rollback       to 11.7.9");
  });

  it.for(restore)("in a restore, when it has %s", async (point) => {
    await succeed("backup /root/backups");
    await kill("restore $(ls -d backups/* | tail -n 1)", point);
    await succeed("restore --resume");
    await expectWhole("11.7.10");
  });
});
