import { definePlatform } from "../../generators/_core/project/platform.ts";

const nginxFiles = ["http.conf", "https.conf", "locations.conf", "nginx.conf", "start.sh"].map(
  (name) => `nginx/${name}`,
);

/** Docker Compose: PostgreSQL, the server and a reverse proxy on one host. */
export default definePlatform({
  id: "docker",
  title: "Docker Compose",
  summary: "PostgreSQL, the server and a reverse proxy in containers on one host",
  solutionName: "Docker Compose deployment solution",
  systems: [
    "ubuntu-22.04",
    "ubuntu-24.04",
    "debian-12",
    "rhel-9",
    "oracle-linux-9",
    "centos-stream-9",
    "amazon-linux-2023",
    "scientific-linux-7",
    "rocky-linux-9",
    "almalinux-9",
    "debian-13",
    "ubuntu-26.04",
    "rhel-10",
    "fedora",
    "arch-linux",
  ],
  defaultSystems: ["ubuntu-22.04", "ubuntu-24.04", "debian-12", "rhel-9"],
  questions: [
    {
      kind: "choice",
      id: "proxy",
      message: "Reverse proxy",
      help: "the reverse proxy in front of the server",
      choices: [
        { id: "caddy", title: "Caddy, with automatic TLS" },
        { id: "nginx", title: "nginx, with your own certificate or plain HTTP" },
      ],
      default: "caddy",
    },
  ],
  versionLine: { path: "compose.yaml", variable: "MATTERMOST_VERSION" },
  localPaths: [
    "/.env",
    "/.env.new",
    "/.env.making*",
    "/secrets/*",
    "!/secrets/.gitignore",
    "/backups/*",
    "!/backups/.gitignore",
    "/.state/",
  ],
  commands: {
    install: [
      "bin/init --site-url https://chat.example.com --admin-email admin@example.com",
      "bin/up",
    ],
    upgrade: "bin/upgrade",
    backup: "bin/backup",
    restore: "bin/restore backups/NAME",
  },
  unofficialOptions: () => [],
  view: ({ options, edition }) => ({
    caddy: options.proxy === "caddy",
    nginx: options.proxy === "nginx",
    monitoring: edition.id === "enterprise",
  }),
  omits: ({ options, edition, upgrade }) => [
    ...(options.proxy === "caddy" ? nginxFiles : ["caddy/Caddyfile"]),
    ...(edition.id === "enterprise" ? [] : ["compose.monitoring.yaml"]),
    ...(upgrade ? [] : ["bin/upgrade", "bin/rollback", "lib/upgrade.sh", "lib/rollback.sh"]),
  ],
});
