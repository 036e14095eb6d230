import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { bootLinuxSite, type LinuxSite } from "../machines/linux-site.ts";
import {
  fillSite,
  readSite,
  versionOf,
  writePost,
  type SiteContent,
} from "../machines/site-content.ts";
import { callApi, listen } from "../stand-in/api-client.ts";
import { current, newer } from "../stand-in/archive.ts";
import { smokeSite } from "./smoke-site.ts";

/** From nothing to a server, up, back, and over to a fresh machine: one chain, in this order. */
describe("a Linux project on a machine", () => {
  let site: LinuxSite;
  let content: SiteContent;
  let before: Awaited<ReturnType<typeof readSite>>;
  let later = "";
  beforeAll(async () => {
    site = await bootLinuxSite([current, newer]);
  });
  afterAll(() => site.remove());

  const read = () => readSite(site.url, content, site.machine);

  it("installs from nothing, with the archive of the signed mirror", async () => {
    const { code, out } = await site.run("install");
    expect(out).toContain(`signature by ${site.mirror.fingerprint} verified`);
    expect(out).toContain(`Mattermost 11.7.9 runs at ${site.url}`);
    expect(code).toBe(0);
  });

  it("has a site that works through nginx, websocket included", async () => {
    const token = await site.signIn();
    const heard = await listen(site.url, { origin: site.url, token });
    expect(heard).toMatchObject({ status: 101, dropped: false });
    expect(heard.messages[0]).toMatchObject({ event: "hello" });
    expect((await listen(site.url, { origin: "http://foreign.example", token })).status).toBe(403);
    expect(await smokeSite(site.url, token)).toMatchObject({ code: 0 });
  });

  it("changes nothing when it installs again", async () => {
    const state = `find /etc /opt /usr /var/lib/mattermost /var/lib/mattermost-deployment \\
      -not -type d -printf '%p %m %U:%G %s %T@ %l\\n' | sort
      systemctl show -p MainPID -p ActiveEnterTimestamp mattermost nginx postgresql@15-main`;
    const { out } = await site.machine.exec(state);
    expect(out).toContain("/opt/mattermost-11.7.9/bin/mattermost ");
    expect((await site.run("install")).code).toBe(0);
    expect((await site.machine.exec(state)).out).toBe(out);
  });

  it("upgrades, and keeps posts, files, plugins and settings", async () => {
    content = await fillSite(site.url, await site.signIn(), site.machine);
    before = await read();
    expect(before).toMatchObject({ message: "an old post", length: 300_000, siteName: "Kept" });
    const { code, out } = await site.run("upgrade 11.7.10");
    expect(out).toContain("11.7.10 is running");
    expect(code).toBe(0);
    expect(await versionOf(site.url)).toBe("11.7.10");
    expect(await read()).toEqual(before);
    expect(await smokeSite(site.url, content.token)).toMatchObject({ code: 0 });
  });

  it("does not roll back over what people have written, but says what would go", async () => {
    later = await writePost(site.url, content, "written after the upgrade");
    const { code, out } = await site.run("rollback");
    expect(code).toBe(1);
    expect(out).toMatch(/warning: since the upgrade to 11\.7\.10 .* people wrote this/);
    expect(out).toMatch(/\d new posts/);
    expect(out).toContain("bin/rollback --yes goes back all the same");
    expect(await versionOf(site.url)).toBe("11.7.10");
  });

  it("rolls back when that is accepted, with a backup of what goes", async () => {
    const { code, out } = await site.run("rollback --yes");
    expect(out).toContain("11.7.9 is running");
    expect(code).toBe(0);
    expect(await versionOf(site.url)).toBe("11.7.9");
    expect(await read()).toEqual(before);
    const answer = await callApi(site.url, `GET /posts/${later}`, { token: content.token });
    expect(answer.status).toBe(404);
    expect(await smokeSite(site.url, content.token)).toMatchObject({ code: 0 });
    const again = await site.run("rollback --yes");
    expect(again.out).toContain("there is nothing to go back to");
    expect(again.code).toBe(1);
  });

  it("restores on a fresh machine what it backed up", async () => {
    const backup = (await site.run("backup /root/backups")).out.trim().split("\n").at(-1) ?? "";
    const fresh = await bootLinuxSite(site.mirror);
    const sender = site.machine.exec(`tar -C /root -cf - backups | base64 -w 0`);
    fresh.machine.write("/root/backups.tar.base64", (await sender).out);
    await fresh.machine.exec("base64 -d backups.tar.base64 | tar -C /root -xf -");
    expect((await fresh.run("install")).code).toBe(0);
    const restored = await fresh.run(`restore ${backup}`);
    expect(restored.out).toContain(`11.7.9 is running with ${backup}`);
    expect(await readSite(fresh.url, content, fresh.machine)).toEqual(before);
    expect(await smokeSite(fresh.url, content.token)).toMatchObject({ code: 0 });
    await fresh.remove();
  });

  it("gets back what the rollback took away, with the newer version", async () => {
    const { out } = await site.machine.exec("ls -d /var/backups/mattermost/*-11.7.10");
    const restored = await site.run(`restore ${out.trim()}`);
    expect(restored.out).toContain("11.7.10 is running");
    const answer = await callApi(site.url, `GET /posts/${later}`, { token: content.token });
    expect(answer.json["message"]).toBe("written after the upgrade");
    expect(await read()).toEqual(before);
  });

  it("leaves on request, keeps the data, and comes back as it was", async () => {
    expect((await site.run("uninstall")).code).toBe(0);
    const { out } = await site.machine.exec("ls /opt; systemctl is-enabled mattermost", {
      mayFail: true,
    });
    expect(out.trim()).toBe("");
    // A worker of nginx that is about to go may answer once more after a reload.
    await vi.waitFor(
      () => expect(callApi(site.url, "GET /system/ping")).rejects.toThrow("fetch failed"),
      { timeout: 10_000 },
    );
    const again = await site.run("install");
    expect(again.out).toContain("Mattermost 11.7.10 runs at");
    expect(await read()).toEqual(before);
  });

  it("comes up again with all of it after a reboot", async () => {
    await site.machine.reboot();
    await site.machine.exec(
      "for ((i = 0; i < 300; i++)); do curl -fs -o /dev/null localhost/api/v4/system/ping && exit; sleep 0.2; done; exit 1",
    );
    expect(await read()).toEqual(before);
  });

  it("deletes the data only when told twice, and never the backups", async () => {
    const refused = await site.run("uninstall --delete-data");
    expect(refused.code).toBe(1);
    expect(await read()).toEqual(before);
    expect((await site.run("uninstall --delete-data --yes")).code).toBe(0);
    const { out } = await site.machine.exec(
      "ls -d /var/lib/mattermost* /etc/mattermost /var/backups/mattermost; cd /; runuser -u postgres -- psql -lqAt | grep ^mattermost",
      { mayFail: true },
    );
    expect(out.trim()).toBe("/var/backups/mattermost");
  });
});
