import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { startEngine, type Engine } from "../machines/engine.ts";
import { buildCompanionImages } from "../machines/images.ts";
import { current, newer } from "../stand-in/archive.ts";
import { buildServerImage } from "../stand-in/server-image.ts";
import { addBallast } from "./docker-ballast.ts";
import { catchProcess } from "./docker-catch.ts";
import { deploy, type Deployment } from "./docker-deployment.ts";
import { callSite, readKeepsake, type Keepsake } from "./docker-site.ts";

let engine: Engine;
let chat: Deployment;
let first: Keepsake;
let kept = "";
beforeAll(async () => {
  engine = await startEngine();
  chat = await deploy(engine, { url: `http://${engine.address}` });
  await buildCompanionImages(engine, [await chat.succeed("cat compose.yaml")]);
  for (const release of [current, newer]) await buildServerImage(engine, release);
  await buildServerImage(engine, { version: "11.7.11", schema: 160, faults: ["fails-migration"] });
  await chat.succeed(`bin/init --site-url ${chat.site.url} && bin/up`);
  first = await chat.leaveKeepsake("first");
  await addBallast(chat);
  kept = /complete: (\S+)/.exec(await chat.succeed("bin/backup"))?.[1] ?? "";
}, 600_000);
afterAll(async () => {
  await chat.remove();
  await engine.remove();
});

afterEach(async () => {
  expect(existsSync(join(chat.folder, ".state/unfinished"))).toBe(false);
  expect(readdirSync(join(chat.folder, "backups"))).not.toContain(".partial");
  expect(await chat.run("bin/status")).toMatchObject({ code: 0 });
  expect((await callSite(chat.site, "GET /system/ping")).version).toBe("11.7.9");
  expect(await readKeepsake(chat.site, first)).toEqual({
    post: "the post of first",
    file: "the file of first",
  });
});

it("upgrades nothing when pg_dump is killed in the middle of it", async () => {
  const upgrade = chat.run("bin/upgrade 11.7.10");
  (await catchProcess(engine, "postgres", /^pg_dump /)).kill();
  const { code, out } = await upgrade;
  expect(out).toContain("nothing was upgraded: 11.7.9 runs again");
  expect(code).toBe(1);
});

it("keeps others out for as long as something of a killed command is at work", async () => {
  const backup = start("bin/backup");
  const dump = await catchProcess(engine, "postgres", /^pg_dump /);
  await backup.killAlone();
  const { code, out } = await chat.run("bin/backup");
  expect(out).toContain("another command of this deployment is at work");
  expect(code).toBe(1);
  dump.release();
  await untilSucceeds("bin/up");
  await chat.succeed("bin/backup");
});

it("restores after pg_restore was killed in the middle of it", async () => {
  const restore = chat.run(`bin/restore ${kept} --yes`);
  (await catchProcess(engine, "postgres", /^pg_restore .*mattermost_incoming/)).kill();
  const { code, out } = await restore;
  expect(out).toContain(`putting ${kept} back failed`);
  expect(code).toBe(1);
  await chat.succeed(`bin/restore ${kept} --yes`);
});

it("takes an upgrade back that was killed, with all it had started, in pg_restore", async () => {
  const upgrade = start("bin/upgrade 11.7.11");
  const restore = await catchProcess(engine, "postgres", /^pg_restore .*mattermost_incoming/);
  await upgrade.kill();
  restore.release();
  const { code, out } = await chat.run("bin/upgrade 11.7.11");
  expect(out).toContain("the interrupted upgrade was taken back: 11.7.9 runs, with its data");
  expect(code).toBe(1);
});

it("upgrades nothing when PostgreSQL dies during the backup", async () => {
  const upgrade = chat.run("bin/upgrade 11.7.10");
  await catchProcess(engine, "postgres", /^pg_dump /);
  (await catchProcess(engine, "postgres", /^postgres -c/)).kill();
  const { code, out } = await upgrade;
  expect(out).toContain("nothing was upgraded: 11.7.9 runs again");
  expect(code).toBe(1);
});

it("goes back when PostgreSQL dies while the new server starts", async () => {
  const upgrade = start("bin/upgrade 11.7.11");
  await untilSucceeds("grep ^MATTERMOST_VERSION=11.7.11 .env");
  (await catchProcess(engine, "postgres", /^postgres -c/)).kill();
  expect(await upgrade.code).toBe(1);
  expect(existsSync(join(chat.folder, ".state/unfinished"))).toBe(false);
});

it("takes an upgrade back in whose backup the engine died", async () => {
  const upgrade = chat.run("bin/upgrade 11.7.10");
  await catchProcess(engine, "postgres", /^pg_dump /);
  await engine.kill();
  const { code } = await upgrade;
  await engine.restart();
  expect(code).toBe(1);
  const resumed = await chat.run("bin/upgrade 11.7.10");
  expect(resumed.out).toContain("the interrupted upgrade was taken back: 11.7.9 runs");
  expect(resumed.code).toBe(1);
});

it("settles an upgrade with which the engine died, as in a power cut", async () => {
  const upgrade = start("bin/upgrade 11.7.10");
  await untilSucceeds("grep ^MATTERMOST_VERSION=11.7.10 .env");
  await upgrade.kill();
  await engine.kill();
  await engine.restart();
  expect(await chat.run("bin/status")).toMatchObject({ code: 1 });
  const { code, out } = await chat.run("bin/upgrade 11.7.10");
  const { version } = await callSite(chat.site, "GET /system/ping");
  // An engine that crashed may lead the server to where the database was before: Docker 20.10 does,
  // now and then. Then the new version does not come up, and the old one has to.
  const outcomes: Readonly<Record<string, readonly [number, string]>> = {
    "11.7.10": [0, "The upgrade is finished: 11.7.10 runs."],
    "11.7.9": [1, "the interrupted upgrade was taken back: 11.7.9 runs, with its data"],
  };
  const [expected, message] = outcomes[version] ?? expect.fail(out);
  expect(out).toContain(message);
  expect(code).toBe(expected);
  if (code === 0) await chat.succeed("bin/rollback --yes");
});

async function untilSucceeds(line: string): Promise<void> {
  await vi.waitUntil(async () => (await chat.run(line)).code === 0, {
    timeout: 120_000,
    interval: 50,
  });
}

/** Starts a command in a group of its own, in which is all that it starts. */
function start(line: string) {
  const options = { cwd: chat.folder, env: engine.environment, detached: true } as const;
  const child = spawn("bash", ["-c", `exec ${line}`], { ...options, stdio: "ignore" });
  const ended = once(child, "exit");
  const group = -(child.pid ?? 0);
  return {
    code: ended.then(([code]) => Number(code)),
    async kill() {
      process.kill(group, "SIGKILL");
      await ended;
    },
    async killAlone() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
