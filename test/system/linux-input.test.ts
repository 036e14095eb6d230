import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bootLinuxSite, type LinuxSite } from "../machines/linux-site.ts";
import { smokeSite } from "./smoke-site.ts";
import { current } from "../stand-in/archive.ts";

/** What settings.conf may not hold, and a part of the sentence that says so. */
const faults: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
  ["an unknown key", { NONSENSE: "1" }, "NONSENSE is no setting; settings.conf.example lists them"],
  ["a key twice", { TLS: "none\nTLS=none" }, "TLS is set twice"],
  ["a line without a key", { TLS: "none\nnonsense" }, "line 3 is not KEY=value"],
  ["quotes", { ADMIN_EMAIL: '"admin@example.org"' }, "ADMIN_EMAIL has quotes"],
  ["no site address", { SITE_URL: "" }, 'SITE_URL is "", expected http or https'],
  ["a site address with a path", { SITE_URL: "https://example.org/chat" }, "no path"],
  ["a site address with a slash", { SITE_URL: "https://example.org/" }, "no slash at the end"],
  ["a site address without scheme", { SITE_URL: "example.org" }, 'SITE_URL is "example.org"'],
  ["a site address of ftp", { SITE_URL: "ftp://example.org" }, 'SITE_URL is "ftp://example.org"'],
  ["a site address with a user", { SITE_URL: "http://a:b@example.org" }, "expected http or https"],
  ["a command in a value", { SITE_URL: "http://$(touch /root/pwned)" }, "expected http or https"],
  ["no kind of TLS", { TLS: "" }, 'TLS is "", expected none, certificate or letsencrypt'],
  ["TLS for http", { TLS: "letsencrypt" }, "so SITE_URL has to be https"],
  ["no certificate", { TLS: "certificate", SITE_URL: "https://example.org" }, "TLS_CERTIFICATE is"],
  ["no e-mail address", { ADMIN_EMAIL: "admin" }, 'ADMIN_EMAIL is "admin"'],
  ["a capital user name", { ADMIN_USERNAME: "Admin" }, 'ADMIN_USERNAME is "Admin"'],
  ["another database", { DATABASE: "mysql" }, 'DATABASE is "mysql", expected local or external'],
  ["a database address to no purpose", { DATABASE_URL: "postgres://a:b@c/d" }, "DATABASE is local"],
  ["no mail sender", { SMTP_HOST: "mail.example.org" }, 'SMTP_FROM is ""'],
  ["a port of mail", { SMTP_HOST: "m.example.org", SMTP_PORT: "smtp" }, 'SMTP_PORT is "smtp"'],
  ["a relative folder", { BACKUP_DIRECTORY: "backups" }, 'BACKUP_DIRECTORY is "backups"'],
  ["no backup to keep", { BACKUP_KEEP: "0" }, 'BACKUP_KEEP is "0"'],
  [
    "a time that is none",
    { BACKUP_SCHEDULE: "whenever" },
    "which systemd does not take for a time",
  ],
  ["a mirror with a slash", { MIRROR: "https://example.org/" }, "a URL without a slash at the end"],
  ["half a fingerprint", { SIGNING_KEY_FINGERPRINT: "ABCD" }, "expected 40 digits"],
  ["half a checksum", { ARCHIVE_SHA256: "abcd" }, "expected 64 digits"],
];

const specialCharacters = " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

describe("a Linux project that is used wrongly", () => {
  let site: LinuxSite;
  let untouched = "";
  const state = async () =>
    (
      await site.machine.exec(
        "find /etc /opt /usr/local /var/lib/dpkg /var/lib/mattermost* /var/backups /run/mattermost* /root -not -name settings.conf -printf '%p %m %s %T@ %l\\n' 2>/dev/null | sort",
        { mayFail: true },
      )
    ).out;
  beforeAll(async () => {
    site = await bootLinuxSite([current]);
    await site.machine.exec("cp -r project /srv/project && chmod -R a+rX /srv/project");
    untouched = await state();
  });
  afterAll(() => site.remove());
  const expectRefused = async (line: string, message: string, code = 1) => {
    const refused = await site.run(line);
    expect(refused.out).toContain(message);
    expect(refused.code).toBe(code);
    expect(await state()).toBe(untouched);
  };

  it.for(faults)(
    "refuses %s in its settings, with a sentence, and does nothing",
    async ([, changes, message]) => {
      site.configure(changes);
      await expectRefused("install", message);
      site.configure();
    },
  );

  it("names all faults of the settings at once", async () => {
    site.configure({ SITE_URL: "x", ADMIN_EMAIL: "x", NONSENSE: "x" });
    const { out } = await site.run("status");
    expect(out.match(/^error: settings\.conf: /gm)).toHaveLength(3);
    site.configure();
  });

  it("does not repeat the password of a database address that it cannot read", async () => {
    site.configure({ DATABASE: "external", DATABASE_URL: "postgres://a:Secret@Pass@h/d" });
    const { out } = await site.run("install");
    expect(out).toContain("DATABASE_URL is not postgres://USER:PASSWORD@HOST");
    expect(out).not.toContain("Secret");
    site.configure();
  });

  it("wants its settings, a server and root", async () => {
    await site.machine.exec("mv project/settings.conf settings.conf");
    const missing = await site.run("install");
    expect(missing.out).toContain("Copy settings.conf.example to settings.conf and edit it.");
    await site.machine.exec("mv settings.conf project/settings.conf");
    for (const command of ["upgrade", "rollback", "backup", "restore --latest"])
      expect((await site.run(command)).out).toContain("no server is installed in /opt/mattermost");
    const { code, out } = await site.machine.exec(
      "runuser -u nobody -- /srv/project/bin/install 2>&1",
      { mayFail: true },
    );
    expect([code, out]).toEqual([1, "error: root is needed\n  Run it with sudo.\n"]);
  });

  it.for(["arch|", "debian|11", "ubuntu|20.04"])(
    "wants one of its systems, which %s is not",
    async (system) => {
      const [id = "", version = ""] = system.split("|");
      const real = (await site.machine.exec("cat /usr/lib/os-release")).out;
      site.machine.write("/usr/lib/os-release", `ID=${id}\nVERSION_ID="${version}"\n`);
      const refused = await site.run("install");
      const anyway = await site.run("install --unsupported-system --dry-run");
      site.machine.write("/usr/lib/os-release", real);
      expect(refused.code).toBe(1);
      expect(refused.out).toMatch(/is no system this project knows|is not one of the systems/);
      expect(anyway.code).toBe(id === "arch" ? 1 : 0);
    },
  );

  it("leaves a server alone that something else installed", async () => {
    await site.machine.exec("mkdir /opt/mattermost");
    const { code, out } = await site.run("install");
    await site.machine.exec("rmdir /opt/mattermost");
    expect(out).toContain("/opt/mattermost is there and was not made by this project");
    expect(code).toBe(1);
  });

  it("refuses a second command at the same time", async () => {
    const lock = "/run/mattermost-deployment.lock";
    const first = site.machine.exec(
      `exec 9>${lock}; flock 9; touch /run/locked; until [[ -e /run/enough ]]; do sleep 0.1; done; rm ${lock}`,
    );
    await site.machine.exec("until [[ -e /run/locked ]]; do sleep 0.1; done");
    const { code, out } = await site.run("install");
    await site.machine.exec("touch /run/enough");
    await first;
    expect(out).toBe(
      "error: another command of this project is running\n  Wait until it has ended.\n",
    );
    expect(code).toBe(1);
  });

  it("takes passwords with every special character, and shows them to nobody", async () => {
    const password = `Pass1${specialCharacters}`;
    await site.machine.exec(
      "apt-get install -y -q --no-install-recommends postgresql && systemctl start postgresql",
    );
    const quoted = password.replaceAll("'", "''");
    site.machine.write(
      "/srv/role.sql",
      `CREATE ROLE chat LOGIN PASSWORD '${quoted}'; CREATE DATABASE chat OWNER chat;\n\\c chat\nALTER SCHEMA public OWNER TO chat;\n`,
    );
    await site.machine.exec(
      "cd / && runuser -u postgres -- psql -q -v ON_ERROR_STOP=1 -f /srv/role.sql",
    );
    site.machine.write("/root/smtp-password", `${password}\n`, 0o600);
    site.configure({
      DATABASE: "external",
      DATABASE_URL: `postgres://chat:${encodeURIComponent(password)}@127.0.0.1:5432/chat?sslmode=disable`,
      SMTP_HOST: "mail.example.org",
      SMTP_FROM: "chat@example.org",
      SMTP_USER: "chat",
      SMTP_PASSWORD_FILE: "/root/smtp-password",
    });
    const watching = site.machine.exec(
      "until [[ -e /root/enough ]]; do ps -eo args; sleep 0.05; done | sort -u",
    );
    const { code, out } = await site.run("install");
    expect(code, out).toBe(0);
    // pg_dump waits for a table until it has been seen.
    const holding = site.machine.exec(
      `cd / && runuser -u postgres -- psql -q -d chat -c BEGIN -c 'LOCK TABLE fileinfo' -c 'SELECT pg_sleep(600)'`,
      { mayFail: true },
    );
    const held = `SELECT 1 FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND relation = 'fileinfo'::regclass`;
    await site.machine.exec(
      `cd /; until runuser -u postgres -- psql -At -d chat -c "${held}" | grep 1; do sleep 0.1; done`,
    );
    const backup = site.run("backup");
    await site.machine.exec(
      `until pgrep -x pg_dump; do sleep 0.05; done; sleep 1
       cd / && runuser -u postgres -- psql -q -c "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query ~ '^SELECT pg_sleep'"`,
    );
    await holding;
    expect((await backup).code).toBe(0);
    await site.machine.exec("touch /root/enough");
    const seen = (await watching).out;
    expect(seen).toContain("pg_dump");
    for (const text of [
      seen,
      out,
      (await site.machine.exec("cat /var/log/mattermost-deployment.log /var/log/mattermost/*")).out,
    ])
      for (const secret of [specialCharacters, encodeURIComponent(password)])
        expect(text).not.toContain(secret);
    const environment = await site.machine.exec(
      "tr '\\0' '\\n' <\"/proc/$(systemctl show -P MainPID mattermost)/environ\"",
    );
    expect(environment.out).toContain(`MM_EMAILSETTINGS_SMTPPASSWORD=${password}\n`);
    expect(await smokeSite(site.url, await site.signIn())).toMatchObject({ code: 0 });
  });
});
