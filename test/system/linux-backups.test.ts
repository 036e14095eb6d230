import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bootLinuxSite, type LinuxSite } from "../machines/linux-site.ts";
import { fillSite, readSite, type SiteContent } from "../machines/site-content.ts";
import { current } from "../stand-in/archive.ts";

const folder = "/var/backups/mattermost";

describe("backups of a Linux project", () => {
  let site: LinuxSite;
  let content: SiteContent;
  let before: Awaited<ReturnType<typeof readSite>>;
  beforeAll(async () => {
    site = await bootLinuxSite([current]);
    const { code, out } = await site.run("install");
    expect(code, out).toBe(0);
    content = await fillSite(site.url, await site.signIn(), site.machine);
    before = await readSite(site.url, content, site.machine);
  });
  afterAll(() => site.remove());
  const listed = async () => {
    const { out } = await site.machine.exec(`ls -A ${folder}`, { mayFail: true });
    return out.split("\n").filter((name) => name !== "");
  };
  const expectRefused = async (line: string, message: string) => {
    const { code, out } = await site.run(line);
    expect(out).toContain(message);
    expect(code).toBe(1);
    expect(await readSite(site.url, content, site.machine)).toEqual(before);
  };

  it("are whole, and for root alone", async () => {
    expect((await site.run("backup")).code).toBe(0);
    const [name = ""] = await listed();
    expect(name).toMatch(/^\d{8}T\d{6}Z-11\.7\.9$/);
    const { out } = await site.machine.exec(`cd ${folder} && stat -c '%a %n' . ${name} ${name}/*`);
    expect(out.trim().split("\n")).toEqual([
      "700 .",
      `700 ${name}`,
      ...["SHA256SUMS", "backup.conf", "database.dump", "files.tar", "settings.conf"].map(
        (file) => `600 ${name}/${file}`,
      ),
    ]);
  });

  it("are made by a timer, which keeps the newest and leaves those made by hand", async () => {
    const [byHand = ""] = await listed();
    site.configure({ BACKUP_SCHEDULE: "*-*-* *:*:0/15", BACKUP_KEEP: "2" });
    expect((await site.run("install")).code).toBe(0);
    // A timer of systemd may be late by a minute.
    await site.machine.exec(
      `for ((i = 0; i < 900; i++)); do (($(ls -d ${folder}/*[0-9] | wc -l) > 1)) && exit; sleep 0.2; done; exit 1`,
    );
    // Another backup may run: it has the lock, and it counts.
    await site.machine.exec(
      `systemctl stop mattermost-backup.timer
       until systemctl is-active mattermost-backup.service | grep -E '^(inactive|failed)$'; do sleep 0.2; done`,
    );
    site.configure({ BACKUP_SCHEDULE: "daily", BACKUP_KEEP: "2" });
    expect((await site.run("install")).code).toBe(0);
    for (let round = 0; round < 3; round += 1)
      await site.machine.exec("systemctl start mattermost-backup.service; sleep 1");
    const all = await listed();
    expect(all).toHaveLength(3);
    expect(all[0]).toBe(byHand);
    const status = await site.run("status");
    expect(status.out).toContain(`last-backup    ${folder}/${all[2]}`);
    expect(status.out).toContain("backup-timer   daily, the newest 2 are kept");
    expect(status.code).toBe(0);
    expect(await readSite(site.url, content, site.machine)).toEqual(before);
  });

  it("that the timer could not make are told of", async () => {
    site.configure({ BACKUP_SCHEDULE: "daily", BACKUP_DIRECTORY: "/proc/backups" });
    await site.machine.exec("systemctl start mattermost-backup.service", { mayFail: true });
    const status = await site.run("status");
    expect(status.out).toContain(
      "the last backup failed; journalctl -u mattermost-backup says why",
    );
    expect(status.code).toBe(1);
    site.configure();
    expect((await site.run("install")).code).toBe(0);
    const { out } = await site.machine.exec("systemctl list-timers --all --no-legend mattermost*");
    expect(out).toBe("");
  });

  it("do not go where the server's own files are", async () => {
    await expectRefused("backup /var/lib/mattermost/data/backups", "which belongs to the server");
  });

  it.for(["backup-stopped", "backup-written"])(
    "that are killed leave the server to the next command, and nothing behind, at %s",
    async (point) => {
      const all = await listed();
      const killed = await site.run("backup", `MATTERMOST_DEPLOYMENT_KILL_AT=${point}`);
      expect([null, 137], killed.out).toContain(killed.code);
      const { code, out } = await site.run("backup");
      expect(out).toContain(
        "warning: a backup was killed and has left the server stopped; starting it",
      );
      expect(code).toBe(0);
      expect(await listed()).toHaveLength(all.length + 1);
      expect(await readSite(site.url, content, site.machine)).toEqual(before);
    },
  );

  it("that are killed when the timer makes them leave the server running", async () => {
    site.configure({ BACKUP_SCHEDULE: "daily" });
    expect((await site.run("install")).code).toBe(0);
    await site.machine.exec(
      `folder=/run/systemd/system/mattermost-backup.service.d; mkdir -p $folder
       printf '[Service]\\nEnvironment=MATTERMOST_DEPLOYMENT_KILL_AT=backup-stopped\\n' >$folder/kill.conf
       systemctl daemon-reload; systemctl start mattermost-backup.service
       until systemctl is-failed mattermost-backup.service; do sleep 0.1; done
       rm -r $folder; systemctl daemon-reload`,
      { mayFail: true },
    );
    expect(await readSite(site.url, content, site.machine)).toEqual(before);
    const status = await site.run("status");
    expect(status.out).toMatch(/^backup-timer +the last backup failed/m);
    site.configure();
    expect((await site.run("install")).code).toBe(0);
  });

  it("that have no place to go do not stop the server", async () => {
    const since = "systemctl show -p ActiveEnterTimestampMonotonic mattermost";
    const { out } = await site.machine.exec(since);
    await expectRefused("backup /etc/hosts", "error: no backup can be made in /etc/hosts");
    expect((await site.machine.exec(since)).out).toBe(out);
  });

  it("leave nothing behind when the disk fills up, and the server running", async () => {
    // A stop that takes its time leaves enough to fill the disk before anything is written.
    const slow = "/run/systemd/system/mattermost.service.d";
    await site.machine.exec(
      `mkdir -p /srv/small ${slow} && mount -t tmpfs -o size=100m tmpfs /srv/small
       printf '[Service]\\nExecStop=/bin/bash -c "until [[ -e /srv/small/filler ]]; do sleep 0.1; done"\\n' >${slow}/slow.conf
       systemctl daemon-reload`,
    );
    const filling = site.machine.exec(
      `for ((i = 0; i < 3000; i++)); do compgen -G '/srv/small/*.partial' >/dev/null && break; sleep 0.02; done
       fallocate -l "$(df -B1 --output=avail /srv/small | tail -n 1)" /srv/small/filler`,
    );
    const { code, out } = await site.run("backup /srv/small");
    await filling;
    expect(out).toContain("no backup was made");
    expect(code).toBe(1);
    expect((await site.machine.exec("ls /srv/small")).out).toBe("filler\n");
    await site.machine.exec(`rm -r ${slow}; systemctl daemon-reload; umount /srv/small`);
    expect(await readSite(site.url, content, site.machine)).toEqual(before);
  });

  it.for([
    ["damaged", "printf x >>files.tar", "is damaged"],
    ["incomplete", "rm database.dump", "is no backup: database.dump is missing"],
    [
      "of another edition",
      "sed -i s/=team/=enterprise/ backup.conf; sha256sum -- [a-r]* settings.conf >SHA256SUMS",
      "is of another edition than Team Edition",
    ],
  ] as const)("that are %s are not restored", async ([, change, message]) => {
    await site.machine.exec(
      `rm -rf spoilt; cp -a "$(ls -d ${folder}/*[0-9] | tail -n 1)" spoilt; cd spoilt; ${change}`,
    );
    await expectRefused("restore /root/spoilt", message);
  });

  it("bring back what was there, and take away what came later", async () => {
    await site.machine.exec("rm -r /var/lib/mattermost/plugins/com.example.kept");
    const dry = await site.run("restore --latest --dry-run");
    expect(dry.out).toContain("would put /var/backups/mattermost/");
    expect((await readSite(site.url, content, site.machine)).plugin).toBe("");
    expect((await site.run("restore --latest")).code).toBe(0);
    expect(await readSite(site.url, content, site.machine)).toEqual(before);
  });
});
