import { readdirSync } from "node:fs";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { startEngine, type Engine } from "../machines/engine.ts";
import { buildCompanionImages, buildNextPostgresImage } from "../machines/images.ts";
import { current, newer } from "../stand-in/archive.ts";
import { buildServerImage } from "../stand-in/server-image.ts";
import { deploy, type Deployment } from "./docker-deployment.ts";
import { callSite, readKeepsake, type Keepsake } from "./docker-site.ts";
import { measure, measureDowntime } from "./docker-measure.ts";
import { findSecrets } from "./docker-secrets.ts";
import { scanContainers } from "./docker-scan.ts";

const url = "https://chat.localhost";
const old = { post: "the post of first", file: "the file of first" };

let engine: Engine;
let chat: Deployment;
beforeAll(async () => {
  engine = await startEngine();
  chat = await deploy(engine, { url });
  await buildCompanionImages(engine, [await chat.succeed("cat compose.yaml")]);
  await buildNextPostgresImage(engine);
  for (const release of [current, newer]) await buildServerImage(engine, release);
}, 600_000);
afterAll(async () => {
  await chat.remove();
  await engine.remove();
});

const version = async () => (await callSite(chat.site, "GET /system/ping")).version;
const volumes = async () => (await engine.docker(["volume", "ls", "--quiet"])).out;
let first: Keepsake;
let second: Keepsake;

it("has an engine that cannot pull, with an image of the server that has no shell", async () => {
  const image = "mattermost/mattermost-team-edition:11.7.9";
  const start = ["run", "--rm", "--pull=never", image];
  const words = [...start, "/mattermost/bin/mattermost", "version"];
  expect((await engine.docker(words)).out).toMatch(/^Version: 11\.7\.9\n/);
  const shell = await engine.docker([...start, "sh", "-c", "true"], { mayFail: true });
  expect(shell.code).toBe(127);
  const inspect = ["image", "inspect", image, "--format", "{{json .Config}}"];
  expect(JSON.parse((await engine.docker(inspect)).out)).toMatchObject({
    User: "mattermost",
    WorkingDir: "/mattermost",
    Volumes: { "/mattermost/data": {}, "/mattermost/client/plugins": {} },
  });
  const pulled = await engine.docker(["pull", "hello-world"], { mayFail: true });
  expect(pulled.code).not.toBe(0);
});

it("says what it would do, and does it not, before anything is there", async () => {
  const before = readdirSync(chat.folder, { recursive: true });
  const init = `bin/init --site-url ${url} --admin-email admin@example.org`;
  expect(await chat.succeed(`${init} --dry-run`)).toContain(`Would write .env for ${url}`);
  expect(readdirSync(chat.folder, { recursive: true })).toEqual(before);
  await chat.succeed(init);
  expect(await chat.succeed("bin/up --dry-run")).toContain("team-edition:11.7.9");
  expect(await volumes()).toBe("");
});

it("comes up behind a certificate of the local authority, and passes the basic test", async () => {
  await measure("start to healthy", () => chat.succeed("bin/up"));
  await chat.trustProxy();
  expect(await version()).toBe("11.7.9");
  expect(await chat.smoke()).toMatchObject({ code: 0 });
  first = await chat.leaveKeepsake("first");
  await measure("a second bin/up, with nothing to do", () => chat.succeed("bin/up"));
});

it("opens no port but the proxy's, runs nothing as root, and writes to its volumes only", async () => {
  const scan = await scanContainers(engine);
  expect(scan.ports).toEqual(["tcp 443", "tcp 80", "udp 443"]);
  expect(scan.services).toEqual(["mattermost", "postgres", "proxy"]);
  expect(scan.roots).toEqual([]);
  expect(scan.written).toEqual([]);
  expect(scan.faults).toEqual([]);
});

it("would see a container that breaks those rules", async () => {
  const options = ["--detach", "--name", "breaker", "--publish", "8099:80"];
  await engine.docker(["run", ...options, "debian-with-servers", "sleep", "600"]);
  const scan = await scanContainers(engine);
  await engine.docker(["rm", "--force", "--volumes", "breaker"]);
  expect(scan.ports).toContain("tcp 8099");
  expect(scan.roots).toEqual([expect.stringContaining("sleep 600")]);
  expect(scan.written).toEqual(["no service /"]);
  expect(scan.faults).toContain("no service has a root file system that can be written");
});

it("comes up again by itself with the engine", async () => {
  await engine.restart();
  await vi.waitUntil(async () => (await chat.run("bin/status")).code === 0, {
    timeout: 120_000,
    interval: 1000,
  });
  await chat.trustProxy();
  expect(await chat.smoke()).toMatchObject({ code: 0 });
});

it("upgrades, with the old post and its file", { timeout: 600_000 }, async () => {
  expect((await chat.run("bin/rollback --yes")).out).toContain("there is nothing to go back to");
  expect(await chat.succeed("bin/upgrade 11.7.10 --dry-run")).toContain("Nothing was changed");
  expect(await version()).toBe("11.7.9");
  const downtime = await measureDowntime(chat.site);
  const out = await measure("upgrade", () => chat.succeed("bin/upgrade 11.7.10"));
  await downtime.stop("upgrade downtime, with a backup and a migration");
  expect(out).toContain(`Mattermost 11.7.10 runs at ${url}`);
  expect(await version()).toBe("11.7.10");
  expect(await readKeepsake(chat.site, first)).toEqual(old);
  expect(await chat.smoke()).toMatchObject({ code: 0 });
  second = await chat.leaveKeepsake("second");
});

it("rolls back when it is told to, and keeps what was written since", async () => {
  const asked = await chat.run("bin/rollback </dev/null");
  expect(asked).toMatchObject({ code: 1 });
  expect(asked.out).toMatch(/Written since .*: \d+ posts, \d+ files, \d+ accounts\./);
  expect(asked.out).toContain("--yes");
  expect(await version()).toBe("11.7.10");
  const refused = await chat.run("echo no | script -qec bin/rollback /dev/null");
  expect(refused.out).toContain("Go back? A backup of what is there now is made first. [yes/no]");
  expect(refused.out).toContain("nothing was changed");
  expect(await version()).toBe("11.7.10");
  const downtime = await measureDowntime(chat.site);
  const out = await chat.succeed("bin/rollback --yes");
  await downtime.stop("rollback downtime, with a backup");
  expect(out).toContain("Mattermost 11.7.9 runs");
  expect(await version()).toBe("11.7.9");
  expect(await readKeepsake(chat.site, first)).toEqual(old);
  expect(await readKeepsake(chat.site, second)).toMatchObject({ post: 401 });
  expect(await chat.run("bin/rollback --yes")).toMatchObject({ code: 1 });
  const kept = /Kept in (\S+)/.exec(out)?.[1] ?? "";
  await chat.succeed(`bin/restore ${kept} --yes`);
  expect(await version()).toBe("11.7.10");
  expect(await readKeepsake(chat.site, second)).toMatchObject({ post: "the post of second" });
});

it("restores a backup after all volumes are gone", { timeout: 600_000 }, async () => {
  const kept = /complete: (\S+)/.exec(await chat.succeed("bin/backup"))?.[1] ?? "";
  expect(await chat.succeed(`bin/restore ${kept}`)).toContain("Nothing was changed");
  await chat.succeed("docker compose down --volumes");
  expect(await volumes()).toBe("");
  await measure("restoration of everything", () => chat.succeed(`bin/restore ${kept} --yes`));
  await chat.trustProxy();
  expect(await version()).toBe("11.7.10");
  expect(await readKeepsake(chat.site, first)).toEqual(old);
  expect(await chat.smoke()).toMatchObject({ code: 0 });
});

it("moves to the next major version of PostgreSQL", { timeout: 600_000 }, async () => {
  expect(await chat.succeed("bin/upgrade-postgres 18 --dry-run")).toContain("Nothing was changed");
  expect((await chat.run("bin/upgrade-postgres 16")).out).toContain("16 is older than");
  const downtime = await measureDowntime(chat.site);
  const out = await chat.succeed("bin/upgrade-postgres 18");
  await downtime.stop("downtime of another PostgreSQL");
  expect(out).toContain("PostgreSQL 18 runs");
  expect(await chat.succeed("docker compose exec -T postgres postgres --version")).toContain(
    " 17.",
  );
  const lines = await chat.succeed("grep ^POSTGRES_ .env");
  expect(lines).toBe(
    "POSTGRES_VERSION=18\nPOSTGRES_VOLUME=postgres-18\nPOSTGRES_MOUNT=/var/lib/postgresql\n",
  );
  expect((await volumes()).split("\n")).toEqual(
    expect.arrayContaining(["chat_postgres", "chat_postgres-18"]),
  );
  expect(await readKeepsake(chat.site, first)).toEqual(old);
  expect(await chat.smoke()).toMatchObject({ code: 0 });
  await chat.succeed("docker compose up --detach && bin/up && bin/backup");
  expect(await readKeepsake(chat.site, first)).toEqual(old);
});

it("leaves a tree in which git finds no secret", async () => {
  expect(await findSecrets(chat.folder)).toEqual([]);
});
