import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bootLinuxSite, copyProject, type LinuxSite } from "../machines/linux-site.ts";
import { fillSite, readSite, versionOf, type SiteContent } from "../machines/site-content.ts";
import { current } from "../stand-in/archive.ts";
import type { Release } from "../stand-in/server/release.ts";

const release = (version: string, schema = 159): Release => ({ version, schema, faults: [] });
const old = release("5.36.1");
// With gaps, as the numbers of real releases have; the newest of each line is the one to go through.
const between = [release("5.37.0"), release("5.37.2"), release("7.1.0"), release("7.1.3")];
const newest = [release("11.7.11", 160), release("11.10.2", 160), release("12.0.1", 160)];
const enterprise: Release = { ...release("11.7.11", 160), isEnterprise: true };

describe("the way of an upgrade", () => {
  let site: LinuxSite;
  let content: SiteContent;
  let before: Awaited<ReturnType<typeof readSite>>;
  beforeAll(async () => {
    site = await bootLinuxSite([old, ...between, current, ...newest, enterprise]);
    await site.machine.exec("sed -i s/=11.7.9/=5.36.1/ project/release.conf");
    const { code, out } = await site.run("install");
    expect(code, out).toBe(0);
    content = await fillSite(site.url, await site.signIn(), site.machine);
    before = await readSite(site.url, content, site.machine);
  });
  afterAll(() => site.remove());

  it("leads through the newest patch of each release that may not be skipped", async () => {
    const { code, out } = await site.run("upgrade 11.7.9 --dry-run");
    expect(out).toContain("would upgrade from 5.36.1 to 5.37.2 7.1.3 11.7.9");
    expect(code).toBe(0);
    expect(await versionOf(site.url)).toBe("5.36.1");
  });

  it("can be killed between two of them", async () => {
    const killed = await site.run("upgrade 11.7.9", "MATTERMOST_DEPLOYMENT_KILL_AT=passed");
    expect([null, 137]).toContain(killed.code);
    expect(killed.out).toContain("==> Passing through 5.37.2");
    const { code, out } = await site.run("restore --resume");
    expect(code, out).toBe(0);
    expect(await versionOf(site.url)).toBe("5.36.1");
    expect(await readSite(site.url, content, site.machine)).toEqual(before);
  });

  it("is gone as one change, and back as one", async () => {
    const { code, out } = await site.run("upgrade 11.7.9");
    expect(out).toContain("by way of 5.37.2 7.1.3 11.7.9");
    expect(out).toMatch(
      /Passing through 5\.37\.2[\s\S]*Passing through 7\.1\.3[\s\S]*Starting 11\.7\.9/,
    );
    expect(code).toBe(0);
    expect(await versionOf(site.url)).toBe("11.7.9");
    expect(await readSite(site.url, content, site.machine)).toEqual(before);
    expect((await site.run("rollback")).code).toBe(0);
    expect(await versionOf(site.url)).toBe("5.36.1");
    expect((await site.run("upgrade 11.7.9")).code).toBe(0);
    expect(await readSite(site.url, content, site.machine)).toEqual(before);
  });

  it.for([
    [
      "11.7.8",
      1,
      "11.7.8 is older than the installed 11.7.9\n  The server cannot read a newer database: bin/rollback or, from a backup, bin/restore goes back.",
    ],
    ["11.7", 2, "11.7 is not expected: a version is X.Y.Z, latest or esr"],
    ["11.7.9", 0, "11.7.9 is installed already"],
    ["11.9.9", 1, "could not be fetched"],
    ["11.7.11 12.0.1", 2, "12.0.1 is not expected"],
  ] as const)("is refused to %s, with a reason", async ([words, code, message]) => {
    const refused = await site.run(`upgrade ${words}`);
    expect(refused.out).toContain(message);
    expect(refused.code).toBe(code);
    expect(await versionOf(site.url)).toBe("11.7.9");
  });

  it("is not gone where the server's migrations would not survive it", async () => {
    await site.machine.exec("ln -sfn /opt/mattermost-10.11.20 /opt/mattermost");
    const { code, out } = await site.run("upgrade 11.7.2");
    await site.machine.exec("ln -sfn /opt/mattermost-11.7.9 /opt/mattermost");
    expect(out).toContain("an upgrade from 10.11.20 to 11.7.2 is not possible");
    expect(out).toContain("Upgrade to 11.7.3 or later.");
    expect(code).toBe(1);
  });

  it.for([
    ["esr", "esr is 11.7.11", "would upgrade from 11.7.9 to 11.7.11"],
    ["latest", "latest is 12.0.1", "would upgrade from 11.7.9 to 12.0.1"],
  ] as const)("leads to %s as the mirror has it", async ([target, named, planned]) => {
    const { code, out } = await site.run(`upgrade ${target} --dry-run`);
    expect(out).toContain(named);
    expect(out).toContain(planned);
    expect(code).toBe(0);
  });

  it("leads to what this project knows where there is no mirror to ask", async () => {
    site.configure({ MIRROR: "http://127.0.0.1:9" });
    const { out } = await site.run("upgrade latest --dry-run");
    site.configure();
    expect(out).toMatch(/^latest is 11\.10\.0\nwarning: releases after [\d-]+ were not looked for/);
    expect(out).toContain("warning: the support of 11.10.0 ended on 2026-11-15");
  });

  it("takes the archive of this edition alone", async () => {
    await copyProject(site.machine, { edition: "enterprise" });
    const refused = await site.run("upgrade 11.7.11");
    await copyProject(site.machine);
    expect(refused.out).toContain("holds another edition (team) than Enterprise Edition");
    expect(refused.code).toBe(1);
    await site.machine.exec(
      `curl -fsS -o mattermost-team-11.7.11-linux-amd64.tar.gz ${site.mirror.url}/11.7.11/mattermost-11.7.11-linux-amd64.tar.gz
       curl -fsS -o mattermost-team-11.7.11-linux-amd64.tar.gz.sig ${site.mirror.url}/11.7.11/mattermost-11.7.11-linux-amd64.tar.gz.sig`,
    );
    site.configure({ ARCHIVE: "/root/mattermost-team-11.7.11-linux-amd64.tar.gz" });
    const renamed = await site.run("upgrade 11.7.11");
    site.configure();
    expect(renamed.out).toContain("the archive holds another edition than Team Edition");
    expect(renamed.code).toBe(1);
    expect(await versionOf(site.url)).toBe("11.7.9");
  });

  it("takes the archive with the checksum that is given alone, air-gapped too", async () => {
    const name = "mattermost-team-11.7.11-linux-amd64.tar.gz";
    await site.machine.exec(
      `for end in '' .sig; do curl -fsS -o ${name}$end ${site.mirror.url}/11.7.11/${name}$end; done
       curl -fsS -o key.gpg ${site.mirror.keyUrl}`,
    );
    const sum = (await site.machine.exec(`sha256sum <${name}`)).out.slice(0, 64);
    const offline = { MIRROR: "http://127.0.0.1:9", SIGNING_KEY: "/root/key.gpg" };
    const archive = { ...offline, ARCHIVE: `/root/${name}` };
    site.configure({ ...archive, ARCHIVE_SHA256: "0".repeat(64) });
    const refused = await site.run("upgrade 11.7.11");
    expect(refused.out).toContain(`${name} has the SHA-256 ${sum}, ARCHIVE_SHA256 is 000`);
    expect(refused.code).toBe(1);
    expect(await versionOf(site.url)).toBe("11.7.9");
    site.configure({ ...archive, ARCHIVE_SHA256: sum });
    const { code, out } = await site.run("upgrade 11.7.11");
    expect(out).toContain("checksum verified");
    expect(code).toBe(0);
    expect(await readSite(site.url, content, site.machine)).toEqual(before);
  });
});
