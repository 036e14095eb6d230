import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { bootLinuxSite, type LinuxSite } from "../machines/linux-site.ts";
import { current } from "../stand-in/archive.ts";

const host = "chat.example.org";

/**
 * Stands in for certbot: proves that the challenge is served on port 80, gives a certificate of its
 * own making, and calls the deploy hooks when it renews, as certbot does.
 */
const certbot = `#!/bin/bash
set -euo pipefail
umask 0022
live=/etc/letsencrypt/live/${host} webroot=/var/www/mattermost-challenges
mkdir -p "$live" "$webroot/.well-known/acme-challenge"
echo proof >"$webroot/.well-known/acme-challenge/token"
[[ $(curl -fs http://127.0.0.1/.well-known/acme-challenge/token -H 'Host: ${host}') == proof ]]
openssl req -x509 -nodes -newkey rsa:2048 -days "\${DAYS:-90}" -subj /CN=${host} \\
  -keyout "$live/privkey.pem" -out "$live/fullchain.pem" 2>/dev/null
printf '%s\\n' "$*" >>/root/certbot-calls
if [[ $1 == renew ]]; then
  for hook in /etc/letsencrypt/renewal-hooks/deploy/*; do "$hook"; done
fi
`;
const service = "[Service]\nType=oneshot\nExecStart=/usr/local/bin/certbot renew\n";
const timer = "[Timer]\nOnCalendar=daily\n\n[Install]\nWantedBy=timers.target\n";

describe("the certificate of a Linux project", () => {
  let site: LinuxSite;
  beforeAll(async () => {
    site = await bootLinuxSite([current]);
  });
  afterAll(() => site.remove());
  const succeed = async (line: string) => {
    const { code, out } = await site.run(line);
    expect(code, out).toBe(0);
    return out;
  };
  const fingerprint = async (line: string) => {
    const { out } = await site.machine.exec(`${line} | openssl x509 -noout -fingerprint -sha256`);
    return out.trim();
  };
  const shown = () =>
    fingerprint(
      `openssl s_client -connect 127.0.0.1:443 -servername ${host} </dev/null 2>/dev/null`,
    );
  /** A worker of nginx that is about to go may take one more connection after a reload. */
  const isShown = (expected: string) =>
    vi.waitFor(async () => expect(await shown()).toBe(expected), { timeout: 10_000 });
  const own = (name: string, days = 90) =>
    site.machine.exec(
      `openssl req -x509 -nodes -newkey rsa:2048 -days ${days} -subj /CN=${host} -keyout ${name}.key -out ${name}.pem 2>/dev/null`,
    );
  const configure = (tls: string, files = "first") =>
    site.configure({
      SITE_URL: `https://${host}`,
      TLS: tls,
      LETSENCRYPT_EMAIL: "admin@example.org",
      TLS_CERTIFICATE: `/root/${files}.pem`,
      TLS_KEY: `/root/${files}.key`,
    });

  const pid = async () => (await site.machine.exec("systemctl show -P MainPID mattermost")).out;

  it("is your own, where that is asked for", async () => {
    await own("first");
    configure("certificate");
    expect(await succeed("install")).toContain(`Mattermost 11.7.9 runs at https://${host}`);
    expect(await shown()).toBe(await fingerprint("cat first.pem"));
    const ask = () =>
      site.machine.exec(
        `curl -s -o /dev/null -w '%{http_code} %{redirect_url}' -H 'Host: ${host}' http://127.0.0.1/x
       echo; curl -sk --resolve ${host}:443:127.0.0.1 -o /dev/null -w '%{http_code} %{http_version}' https://${host}/api/v4/system/ping
       echo; stat -c '%a %U' /etc/mattermost/tls/privkey.pem`,
      );
    const expected = `301 https://${host}/x\n200 2\n600 root\n`;
    await vi.waitFor(async () => expect((await ask()).out).toBe(expected), { timeout: 10_000 });
  });

  it("is replaced without a stop of the server when a new one is installed", async () => {
    await own("second");
    configure("certificate", "second");
    const before = await pid();
    await succeed("install");
    await isShown(await fingerprint("cat second.pem"));
    expect(await pid()).toBe(before);
  });

  it("is refused where its key is another's, and the one before stays", async () => {
    await own("third");
    await site.machine.exec("cp first.key third.key");
    configure("certificate", "third");
    const { code, out } = await site.run("install");
    expect(out).toContain("TLS_KEY does not belong to TLS_CERTIFICATE");
    expect(code).toBe(1);
    expect(await shown()).toBe(await fingerprint("cat second.pem"));
  });

  it("is told of in the status, and that it ends soon", async () => {
    configure("certificate", "second");
    expect(await succeed("status")).toMatch(/^certificate +until \w+ +\d+ .* GMT$/m);
    await own("soon", 3);
    configure("certificate", "soon");
    await succeed("install");
    const { code, out } = await site.run("status");
    expect(out).toMatch(/^certificate +missing, or ends within a week/m);
    expect(code).toBe(1);
  });

  it("comes from Let's Encrypt (simulated: a certbot of the test's own)", async () => {
    site.machine.write("/usr/local/bin/certbot", certbot, 0o755);
    site.machine.write("/etc/systemd/system/certbot.service", service);
    site.machine.write("/etc/systemd/system/certbot.timer", timer);
    await site.machine.exec("systemctl daemon-reload");
    configure("letsencrypt");
    await succeed("install");
    await isShown(await fingerprint(`cat /etc/letsencrypt/live/${host}/fullchain.pem`));
    const { out } = await site.machine.exec("cat certbot-calls; systemctl is-active certbot.timer");
    expect(out).toMatch(/^certonly .*--webroot .*-d chat\.example\.org\nactive\n$/);
  });

  it("is shown by nginx as soon as the timer has renewed it (simulated)", async () => {
    const before = await shown();
    await site.machine.exec("systemctl start certbot.service");
    const renewed = await fingerprint(`cat /etc/letsencrypt/live/${host}/fullchain.pem`);
    expect(renewed).not.toBe(before);
    await isShown(renewed);
    expect(await succeed("status")).toMatch(/^certificate +until/m);
  });

  it("that Let's Encrypt does not give leaves the site as it was (simulated)", async () => {
    const before = await shown();
    await site.machine.exec(
      "rm -r /etc/letsencrypt/live; printf '#!/bin/sh\\nexit 1\\n' >/usr/local/bin/certbot",
    );
    await own("last");
    const { code, out } = await site.run("install");
    expect(out).toContain(`Let's Encrypt gave no certificate for ${host}`);
    expect(code).toBe(1);
    configure("certificate", "last");
    await succeed("install");
    const last = await fingerprint("cat last.pem");
    expect(last).not.toBe(before);
    await isShown(last);
  });
});
