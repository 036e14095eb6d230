import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { answerMatrix, emit } from "../projects.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { run, succeed, tool } from "./tools.ts";

describe.for(answerMatrix)("$title", ({ answers }) => {
  it("has scripts that shellcheck and shfmt find nothing in", async () => {
    const folder = await written(answers);
    const scripts = [...listed(folder, "bin"), ...listed(folder, "lib")];
    expect(run("shellcheck", ["--external-sources", ...scripts], { cwd: folder })).toMatchObject(
      clean,
    );
    expect(run("shfmt", ["-d", "-i", "2", ...scripts], { cwd: folder })).toMatchObject(clean);
  });

  it("has commands that answer --help, and refuse what they do not know before they do anything", async () => {
    const folder = await written(answers);
    for (const command of listed(folder, "bin")) {
      const help = run(join(folder, command), ["--help"], { cwd: "/" });
      expect(help.code, command).toBe(0);
      expect(help.out, command).toMatch(new RegExp(`^Usage: (sudo )?${command}`, "m"));
      const before = succeed("find", [folder, "-printf", "%p %T@\n"]);
      for (const words of [["--nonsense"], ["--", "x", "y", "z"]]) {
        const refused = run(join(folder, command), words, { cwd: "/" });
        expect(refused.code, `${command} ${words.join(" ")}`).toBe(2);
        expect(refused.error, command).toMatch(/^error: /);
      }
      expect(succeed("find", [folder, "-printf", "%p %T@\n"])).toBe(before);
    }
  });

  it("has YAML that yamllint finds nothing in", async () => {
    const folder = await written(answers);
    const files = succeed("find", [".", "-name", "*.yml", "-o", "-name", "*.yaml"], {
      cwd: folder,
    });
    const result = run("yamllint", ["--strict", ...files.trim().split("\n")], { cwd: folder });
    expect(result).toMatchObject(clean);
  });
});

describe.for(["caddy", "nginx"])("the Compose project with %s", (proxy) => {
  it.for(["team", "enterprise"])("is one that Compose takes, %s edition", async (edition) => {
    const folder = await written({ platform: "docker", proxy, edition });
    initialize(folder);
    const compose = (words: readonly string[]) =>
      succeed(tool("docker-compose"), words, { cwd: folder });
    expect(compose(["config", "--quiet"])).toBe("");
    expect(compose(["config", "--services"]).trim().split("\n").toSorted()).toEqual([
      "mattermost",
      "postgres",
      "proxy",
    ]);
    expect(compose(["config", "--images", "mattermost"])).toContain(
      `docker.io/mattermost/mattermost-${edition}-edition:11.7.9\n`,
    );
  });

  it("publishes no port but the proxy's", async () => {
    const folder = await written({ platform: "docker", proxy });
    initialize(folder);
    const text = succeed(tool("docker-compose"), ["config", "--format", "json"], { cwd: folder });
    const config: { services: Record<string, { ports?: unknown[] }> } = JSON.parse(text);
    const open = Object.entries(config.services).filter(([, { ports = [] }]) => ports.length > 0);
    expect(open.map(([name]) => name)).toEqual(["proxy"]);
  });
});

it.for(["https://chat.example.com", "http://localhost:8080", "http://", ":80"])(
  "the Caddyfile is valid and formatted, for %s",
  async (address) => {
    const folder = await written({ platform: "docker" });
    const env = { ...process.env, SITE_ADDRESS: address, HOME: folder };
    const path = join(folder, "caddy/Caddyfile");
    const options = ["validate", "--config", path, "--adapter", "caddyfile"];
    expect(run(tool("caddy"), options, { env }).code).toBe(0);
    expect(run(tool("caddy"), ["fmt", path], { env }).out).toBe(readFileSync(path, "utf8"));
  },
);

it.for(["http.conf", "https.conf"])("the proxy's nginx takes %s", async (site) => {
  const folder = await written({ platform: "docker", proxy: "nginx" });
  const root = temporaryFolder();
  mkdirSync(join(root, "conf.d"));
  certificate(join(root, "tls"));
  for (const name of ["nginx.conf", "locations.conf"]) {
    moved(join(folder, "nginx", name), join(root, name), root);
  }
  moved(join(folder, "nginx", site), join(root, "conf.d/default.conf"), root);
  expect(nginx(join(root, "nginx.conf"))).toMatchObject(clean);
});

it.for(["mattermost.conf", "mattermost-tls.conf", "mattermost-challenge.conf"])(
  "the machine's nginx takes %s",
  async (site) => {
    const folder = await written({ platform: "linux" });
    const root = temporaryFolder();
    certificate(join(root, "tls"));
    moved(join(folder, "nginx", site), join(root, site), root);
    const main = `pid ${root}/pid;\nevents {}\nhttp {\n  include ${join(root, site)};\n}\n`;
    writeFileSync(join(root, "main.conf"), main);
    expect(nginx(join(root, "main.conf"))).toMatchObject(clean);
  },
);

it("nginx would see a file that is wrong", () => {
  const root = temporaryFolder();
  writeFileSync(join(root, "main.conf"), "events {}\nhttp {\n  proxy_passs x;\n}\n");
  expect(nginx(join(root, "main.conf")).code).toBe(1);
});

it("the unit is one that systemd takes, as it stands", async () => {
  const folder = await written({ platform: "linux" });
  const root = temporaryFolder();
  const unit = readFileSync(join(folder, "systemd/mattermost.service"), "utf8");
  const programs = [...unit.matchAll(/^Exec\w+=[-+!@]*(\S+)/gm)].map(([, path = ""]) => path);
  expect(programs).toContain("/opt/mattermost/bin/mattermost");
  mkdirSync(join(root, "etc/systemd/system"), { recursive: true });
  writeFileSync(join(root, "etc/systemd/system/mattermost.service"), unit);
  writeFileSync(
    join(root, "etc/passwd"),
    "root:x:0:0::/root:/bin/sh\nmattermost:x:999:999::/:/bin/sh\n",
  );
  writeFileSync(join(root, "etc/group"), "root:x:0:\nmattermost:x:999:\n");
  for (const program of programs) {
    mkdirSync(dirname(join(root, program)), { recursive: true });
    writeFileSync(join(root, program), "");
    chmodSync(join(root, program), 0o755);
  }
  for (const folderName of ["usr/lib/systemd/system", "lib/systemd/system"]) {
    mkdirSync(join(root, folderName), { recursive: true });
  }
  for (const name of readdirSync("/lib/systemd/system").filter((file) =>
    /\.(target|slice|socket|mount)$/.test(file),
  )) {
    copyFileSync(join("/lib/systemd/system", name), join(root, "lib/systemd/system", name));
  }
  const verify = ["verify", `--root=${root}`, "--man=no", "mattermost.service"];
  const { code, out, error } = run("systemd-analyze", verify);
  expect({
    code,
    mine: (out + error).split("\n").filter((line) => line.includes("mattermost")),
  }).toEqual({
    code: 0,
    mine: [],
  });
});

const clean = { code: 0, out: "", error: "" } as const;

/** Writes the project of some answers into a folder as the command would. */
async function written(answers: Readonly<Record<string, unknown>>): Promise<string> {
  const folder = temporaryFolder();
  const { rendered } = await emit(answers);
  for (const { path, text, isExecutable } of rendered) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text, { mode: isExecutable ? 0o755 : 0o644 });
  }
  return folder;
}

function listed(folder: string, name: string): readonly string[] {
  return readdirSync(join(folder, name)).map((file) => `${name}/${file}`);
}

/** What `bin/init` makes on a host with an engine, in outline. */
function initialize(folder: string): void {
  const settings = readFileSync(join(folder, ".env.example"), "utf8")
    .replace(/^#?SITE_URL=.*$/m, "SITE_URL=https://chat.example.com")
    .replace(/^#?COMPOSE_PROJECT_NAME=.*$/m, "COMPOSE_PROJECT_NAME=example");
  writeFileSync(join(folder, ".env"), settings);
  mkdirSync(join(folder, "secrets/tls"), { recursive: true });
  writeFileSync(join(folder, "secrets/mattermost.env"), "A=b\n");
  writeFileSync(join(folder, "secrets/postgres.env"), "C=d\n");
}

/** Copies a configuration with the paths and names of its host replaced by ones that are here. */
function moved(from: string, to: string, root: string): void {
  const text = readFileSync(from, "utf8")
    .replaceAll("/etc/nginx/mime.types", "/dev/null")
    .replaceAll("/etc/nginx/", `${root}/`)
    .replaceAll("/tmp/nginx.pid", `${root}/pid`)
    .replaceAll("/var/log/nginx/", `${root}/`)
    .replaceAll("/etc/mattermost/tls/", `${root}/tls/`)
    .replaceAll("//mattermost:8065", "//127.0.0.1:8065");
  writeFileSync(to, text);
}

function certificate(folder: string): void {
  mkdirSync(folder);
  const subject = ["-subj", "/CN=localhost", "-days", "1", "-nodes", "-newkey", "rsa:2048"];
  const files = ["-keyout", join(folder, "privkey.pem"), "-out", join(folder, "fullchain.pem")];
  succeed("openssl", ["req", "-x509", ...subject, ...files]);
}

function nginx(config: string) {
  return run(tool("nginx"), ["-t", "-q", "-c", config, "-g", "error_log stderr;"]);
}
