import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bootLinuxSite, type LinuxSite } from "../machines/linux-site.ts";
import { current, newer } from "../stand-in/archive.ts";
import { smokeSite } from "./smoke-site.ts";

const systems = [
  "rhel-9",
  "oracle-linux-9",
  "centos-stream-9",
  "amazon-linux-2023",
  "scientific-linux-7",
  "rocky-linux-9",
  "almalinux-9",
  "rhel-10",
  "fedora",
];

/** Writes down how it was called, and does what follows. */
const stub = (action: string) => `#!/bin/bash
printf '%s %s\\n' "\${0##*/}" "$*" >>/root/calls
${action}
`;

/** Programs of such a system; packages come from Debian, under the names that they have here. */
const programs: Readonly<Record<string, string>> = {
  dnf: stub(`while [[ $1 == -* ]]; do shift; done
[[ $1 == install ]] || exit 0
shift
for name; do
  touch "/root/rpms-$name"
  case $name in
  postgresql-server)
    DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends postgresql
    ln -s /usr/lib/postgresql/*/bin/postgres /usr/local/bin/postgres
    ;;
  nginx)
    DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends nginx
    rm -r /etc/nginx/sites-available /etc/nginx/sites-enabled
    ;;
  policycoreutils-python-utils | util-linux | tar | gzip) ;;
  gnupg2) apt-get -q -y install --no-install-recommends gnupg ;;
  *) apt-get -q -y install --no-install-recommends "$name" ;;
  esac
done`),
  rpm: stub("[[ -e /root/rpms-${!#} ]]"),
  "postgresql-setup": stub("mkdir -p /var/lib/pgsql/data; touch /var/lib/pgsql/data/PG_VERSION"),
  getenforce: "#!/bin/sh\necho Enforcing\n",
  semanage: stub(`case "$*" in
"fcontext -l -C") cat /root/contexts 2>/dev/null ;;
*) printf '%s\\n' "$*" >>/root/contexts ;;
esac`),
  restorecon: stub(""),
  setsebool: stub(""),
  "firewall-cmd": stub(""),
};

describe("a system of the RHEL family (simulated on Debian, by programs that note their calls)", () => {
  let site: LinuxSite;
  beforeAll(async () => {
    site = await bootLinuxSite([current, newer], { os: systems });
    for (const [name, text] of Object.entries(programs))
      site.machine.write(`/usr/local/bin/${name}`, text, 0o755);
    await be("rhel", "9.5");
  });
  afterAll(() => site.remove());
  const be = async (id: string, version: string) =>
    site.machine.write(
      "/usr/lib/os-release",
      `ID=${id}\nVERSION_ID="${version}"\nID_LIKE="fedora"\n`,
    );
  const calls = async () => (await site.machine.exec("cat calls; rm calls")).out.split("\n");

  it("gets its packages by dnf, a PostgreSQL that is new enough among them (simulated)", async () => {
    const { code, out } = await site.run("install");
    expect(code, out).toBe(0);
    const made = await calls();
    expect(made).toContain("dnf -q -y module enable postgresql:16");
    expect(made).toContain("dnf -q -y install postgresql-server");
    expect(made).toContain("postgresql-setup --initdb");
    const packages = made.filter((line) => line.startsWith("dnf -q -y install")).join(" ");
    for (const name of ["nginx", "rsync", "policycoreutils-python-utils"])
      expect(packages).toContain(name);
    expect(made.indexOf("dnf -q -y module enable postgresql:16")).toBeLessThan(
      made.indexOf("dnf -q -y install postgresql-server"),
    );
    const selinux = made.filter((line) => /^(semanage|setsebool|restorecon)/.test(line));
    expect(selinux).toContain("semanage fcontext -a -t bin_t /opt/mattermost(-[^/]+)?/bin(/.*)?");
    expect(selinux).toContain("restorecon -RF /opt/mattermost-11.7.9");
    expect(selinux).toContain("setsebool -P httpd_can_network_connect 1");
    expect(selinux).toContain("restorecon -F /etc/systemd/system/mattermost.service");
    const firewall = made.filter((line) => line.startsWith("firewall-cmd"));
    expect(firewall).toEqual([
      "firewall-cmd --state",
      "firewall-cmd --quiet --permanent --add-service=http --add-service=https",
      "firewall-cmd --quiet --reload",
    ]);
  });

  it("has its site where nginx of that family reads it, and it works (simulated)", async () => {
    const { out } = await site.machine.exec("ls /etc/nginx/conf.d");
    expect(out).toBe("mattermost.conf\n");
    expect(await smokeSite(site.url, await site.signIn())).toMatchObject({ code: 0 });
  });

  it("labels the programs of each version that it upgrades to, once for all (simulated)", async () => {
    const { code, out } = await site.run("upgrade 11.7.10");
    expect(code, out).toBe(0);
    const made = await calls();
    expect(made).toContain("restorecon -RF /opt/mattermost-11.7.10");
    expect(made.filter((line) => line.startsWith("semanage fcontext -a"))).toEqual([]);
    expect(made.filter((line) => line.startsWith("dnf"))).toEqual([]);
  });

  it("installs again without a call to dnf (simulated)", async () => {
    expect((await site.run("install")).code).toBe(0);
    expect((await calls()).filter((line) => /^dnf|^semanage fcontext -a/.test(line))).toEqual([]);
  });

  it.for([
    ["rhel", "9.5", "module enable postgresql:16", "postgresql-server"],
    ["ol", "9.5", "module enable postgresql:16", "postgresql-server"],
    ["centos", "9", "module enable postgresql:16", "postgresql-server"],
    ["rocky", "9.5", "module enable postgresql:16", "postgresql-server"],
    ["almalinux", "9.5", "module enable postgresql:16", "postgresql-server"],
    ["amzn", "2023", undefined, "postgresql16-server"],
    ["rhel", "10.0", undefined, "postgresql-server"],
    ["fedora", "41", undefined, "postgresql-server"],
  ] as const)(
    "takes PostgreSQL from where %s %s has it (simulated)",
    async ([id, version, stream, name]) => {
      await be(id, version);
      await site.machine.exec(
        `rm -f rpms-*; PROJECT=/root/project; . project/lib/command.sh; identify_system no
       choose_postgresql_rhel; install_packages "$POSTGRESQL_PACKAGE-server"`,
        { mayFail: true },
      );
      const made = (await calls()).filter((line) => line.startsWith("dnf"));
      expect(made).toEqual([
        ...(stream === undefined ? [] : [`dnf -q -y ${stream}`]),
        `dnf -q -y install ${name}`,
      ]);
    },
  );

  it("says on Scientific Linux 7 that the database has to be elsewhere (simulated)", async () => {
    await be("scientific", "7.9");
    const { code, error } = await site.machine.exec(
      "PROJECT=/root/project; . project/lib/command.sh; identify_system no; choose_postgresql_rhel",
      { mayFail: true },
    );
    expect(error).toContain("Use DATABASE=external");
    expect(code).toBe(1);
  });

  it("says which systems are not officially supported (simulated)", async () => {
    await be("rocky", "9.5");
    const { out } = await site.run("install --dry-run");
    expect(out).toContain("Rocky Linux 9 is not officially supported by Mattermost");
  });
});
