import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../temporary-folder.ts";
import { writeProject } from "./docker-deployment.ts";
import { findSecrets } from "./docker-secrets.ts";
import { run, succeed, tool } from "./tools.ts";

/** What each overlay needs in .env, and the ports that it opens. */
const overlays = {
  smtp: { settings: ["MM_EMAILSETTINGS_SMTPSERVER=smtp.example.org"], ports: [] },
  s3: { settings: ["MM_FILESETTINGS_AMAZONS3BUCKET=files"], ports: [] },
  calls: {
    settings: ["MM_CALLS_ICE_HOST_OVERRIDE=chat.example.org"],
    ports: ["8443/tcp", "8443/udp"],
  },
  monitoring: { settings: [], ports: ["127.0.0.1 8067/tcp"] },
} as const;
type Overlay = keyof typeof overlays;

/** All ways to choose some of the overlays, none and all included. */
function choices(names: readonly Overlay[]): readonly (readonly Overlay[])[] {
  const [name, ...rest] = names;
  if (name === undefined) return [[]];
  return choices(rest).flatMap((others) => [others, [name, ...others]]);
}

const combinations = (["caddy", "nginx"] as const).flatMap((proxy) =>
  (["team", "enterprise"] as const).map((edition) => ({ proxy, edition })),
);

describe.for(combinations)("the overlays for $proxy, $edition edition", ({ proxy, edition }) => {
  const offered: readonly Overlay[] =
    edition === "team" ? ["smtp", "s3", "calls"] : ["smtp", "s3", "calls", "monitoring"];

  it("are those that the edition has", async () => {
    const folder = await prepared({ proxy, edition });
    const files = readdirSync(folder).filter((name) => /^compose\..+\.yaml$/.test(name));
    expect(files).toEqual(offered.map((name) => `compose.${name}.yaml`).toSorted());
  });

  it("are taken by Compose and by the commands in every combination", async () => {
    const folder = await prepared({ proxy, edition });
    const settings = readFileSync(join(folder, ".env"), "utf8");
    for (const chosen of choices(offered)) {
      const files = ["compose.yaml", ...chosen.map((name) => `compose.${name}.yaml`)];
      const lines = chosen.flatMap((name) => overlays[name].settings);
      const added = [`COMPOSE_FILE=${files.join(":")}`, ...lines].join("\n");
      writeFileSync(join(folder, ".env"), `${settings}${added}\n`);
      const text = succeed(tool("docker-compose"), ["config", "--format", "json"], {
        cwd: folder,
      });
      expect(openPorts(text, "mattermost"), chosen.join()).toEqual(
        chosen.flatMap((name) => overlays[name].ports).toSorted(),
      );
      expect(openPorts(text, "postgres")).toEqual([]);
      // The settings pass; what is missing then is the engine.
      expect(answer(folder).error, chosen.join()).toContain("the Docker engine does not answer");
    }
  });
});

function openPorts(text: string, service: string): readonly string[] {
  interface Port {
    readonly published: string;
    readonly protocol: string;
    readonly host_ip?: string;
  }
  const config: { services: Record<string, { ports?: readonly Port[] }> } = JSON.parse(text);
  return (config.services[service]?.ports ?? [])
    .map(({ published, protocol, host_ip }) =>
      [...(host_ip === undefined ? [] : [host_ip]), `${published}/${protocol}`].join(" "),
    )
    .toSorted();
}

it.for([
  ["COMPOSE_FILE=compose.smtp.yaml", "COMPOSE_FILE does not begin with compose.yaml"],
  ["COMPOSE_FILE=compose.yaml:compose.x.yaml", "COMPOSE_FILE names compose.x.yaml, which is not"],
  ["COMPOSE_FILE=compose.yaml:compose.s3.yaml", "MM_FILESETTINGS_AMAZONS3BUCKET is missing"],
  ["CALLS_PORT=8443", "CALLS_PORT is set, but COMPOSE_FILE does not name compose.calls.yaml"],
  [
    "COMPOSE_FILE=compose.yaml:compose.calls.yaml\nMM_CALLS_ICE_HOST_OVERRIDE=x\nCALLS_PORT=443",
    "CALLS_PORT is 443, as HTTPS_PORT is",
  ],
  ["MATTERMOST_DIGEST=sha256:0", "MATTERMOST_DIGEST is sha256:0, expected sha256: and 64 digits"],
  ["METRICS_PORT=8067", "METRICS_PORT is no setting"],
  ["START_TIMEOUT=900\r", "its lines end as on Windows: sed -i 's/\\r$//' .env"],
  ["DEFAULT_SNI=a b", "the value of DEFAULT_SNI has to stand in single quotes"],
  ["START_TIMEOUT=soon", "START_TIMEOUT is soon, expected a number of seconds"],
  ["POSTGRES_VERSION=18", "POSTGRES_VERSION stands here for the second time"],
])("refuses the setting %s before it does anything", async ([lines = "", message]) => {
  const folder = await prepared({});
  appendFileSync(join(folder, ".env"), `${lines}\n`);
  expect(answer(folder)).toMatchObject({ code: 1, error: expect.stringContaining(message ?? "") });
});

it("refuses a volume where the image of the PostgreSQL does not look for it", async () => {
  const folder = await prepared({});
  succeed("sed", ["-i", "s/^POSTGRES_VERSION=.*/POSTGRES_VERSION=18/", join(folder, ".env")]);
  expect(answer(folder).error).toContain(
    "POSTGRES_MOUNT is /var/lib/postgresql/data, expected /var/lib/postgresql for 18",
  );
});

it("refuses an IP address for which Caddy would have no certificate", async () => {
  const folder = await prepared({});
  const line = "s|^SITE_URL=.*|SITE_URL=https://192.0.2.10|";
  succeed("sed", ["-i", line, join(folder, ".env")]);
  expect(answer(folder).error).toContain(
    "SITE_URL is https://192.0.2.10, so that DEFAULT_SNI has to be 192.0.2.10",
  );
});

it("has a word for arm64 hosts before anything is made or started", async () => {
  const folder = await prepared({});
  const before = readdirSync(folder, { recursive: true });
  const path = join(temporaryFolder(), "bin");
  mkdirSync(path);
  writeFileSync(join(path, "docker"), "#!/bin/sh\necho 26.0.0 arm64\n", { mode: 0o755 });
  const env = { ...process.env, PATH: `${path}:${process.env["PATH"] ?? ""}` };
  for (const command of ["init", "up", "upgrade", "backup"]) {
    const { code, error } = run(join(folder, "bin", command), [], { cwd: folder, env });
    expect(error).toContain("this engine runs on arm64");
    expect(error).toContain("exist for amd64 (x86-64) only");
    expect(code).toBe(1);
  }
  expect(readdirSync(folder, { recursive: true })).toEqual(before);
});

describe.for([
  { title: "the README of a Certified project", answers: {} },
  { title: "the README for nginx", answers: { proxy: "nginx", edition: "enterprise" } },
  { title: "the README without an upgrade", answers: { tier: "community", upgrade: false } },
])("$title", ({ answers }) => {
  it("documents the commands and options that exist, and no others", async () => {
    const folder = await prepared(answers);
    const readme = readFileSync(join(folder, "README.md"), "utf8");
    const helps = readdirSync(join(folder, "bin")).map((name) =>
      succeed(join(folder, "bin", name), ["--help"]),
    );
    const usages = helps.map((help) => /^Usage: (.*)$/m.exec(help)?.[1] ?? "");
    const rows = [...readme.matchAll(/^\| `(bin\/[^`]*)` \|/gm)].map(([, cell = ""]) => cell);
    expect(rows.toSorted()).toEqual(usages.toSorted());
    for (const help of helps) {
      const [usage = "", ...lines] = help.split("\n");
      const listed = lines.flatMap((line) => /^ {2}(--[a-z-]+)/.exec(line)?.[1] ?? []);
      const named = [...usage.matchAll(/--[a-z-]+/g)].map(String);
      expect([...named, "--help"].toSorted()).toEqual(listed.toSorted());
    }
  });

  it("shows no call that a command would refuse", async () => {
    const folder = await prepared(answers);
    const readme = readFileSync(join(folder, "README.md"), "utf8");
    const calls = [...readme.matchAll(/(?:^|`)(bin\/[a-z-]+)([^`\n|]*)/gm)];
    expect(calls.length).toBeGreaterThan(10);
    for (const [, command = "", words = ""] of calls) {
      const help = succeed(join(folder, command), ["--help"]);
      for (const [option] of words.matchAll(/--[a-z-]+/g)) expect(help).toContain(option);
    }
  });

  it("lists every setting that .env takes", async () => {
    const folder = await prepared(answers);
    const readme = readFileSync(join(folder, "README.md"), "utf8");
    const example = readFileSync(join(folder, ".env.example"), "utf8");
    const rows = [...readme.matchAll(/^\| `([A-Z][A-Z0-9_]+)` \|/gm)].map(([, name = ""]) => name);
    const settings = [...example.matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map(([, name = ""]) => name);
    expect(rows.toSorted()).toEqual(settings.toSorted());
  });
});

it("would see a secret that git takes", async () => {
  const folder = await prepared({});
  writeFileSync(join(folder, "secrets/mattermost.env"), `A=${"1a".repeat(24)}\n`);
  writeFileSync(join(folder, "secrets/postgres.env"), `B=${"2b".repeat(24)}\n`);
  writeFileSync(join(folder, "secrets/admin_password"), `Mm-${"3c".repeat(12)}\n`);
  expect(await findSecrets(folder)).toEqual([]);
  writeFileSync(join(folder, "notes.md"), `the password is ${"2b".repeat(24)}\n`);
  expect(await findSecrets(folder)).toEqual([expect.stringMatching(/notes\.md$/)]);
  const key = `AWS_SECRET_ACCESS_KEY=${"aB3/xY9+kQ7zW1pL5vT8".repeat(2)}\n`;
  writeFileSync(join(folder, "notes.md"), `aws_access_key_id = AKIAQ3EGRTH7WLP2XK5M\n${key}`);
  expect(await findSecrets(folder)).toEqual([expect.stringContaining("leaks found")]);
});

/** A project as `bin/init` prepares it where there is an engine. */
async function prepared(answers: Readonly<Record<string, unknown>>): Promise<string> {
  const folder = join(temporaryFolder(), "chat");
  await writeProject(folder, answers);
  const settings = readFileSync(join(folder, ".env.example"), "utf8")
    .replace(/^#?MATTERMOST_VERSION=.*$/m, "MATTERMOST_VERSION=11.7.9")
    .replace(/^#?COMPOSE_PROJECT_NAME=.*$/m, "COMPOSE_PROJECT_NAME=chat");
  writeFileSync(join(folder, ".env"), settings);
  const address = "postgres://mattermost:0a@postgres:5432/mattermost";
  writeFileSync(join(folder, "secrets/mattermost.env"), `MM_SQLSETTINGS_DATASOURCE=${address}\n`);
  writeFileSync(join(folder, "secrets/postgres.env"), "POSTGRES_PASSWORD=b\n");
  return folder;
}

/** What a command says when no engine answers. */
function answer(folder: string) {
  const path = join(tool("docker-compose"), "../../../../bin");
  const env = { PATH: `${path}:${process.env["PATH"] ?? ""}`, DOCKER_HOST: "unix:///nowhere" };
  return run(join(folder, "bin/logs"), [], { cwd: folder, env });
}
