import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { setTimeout } from "node:timers/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { startEngine, type Engine } from "../machines/engine.ts";
import { execute } from "../machines/execute.ts";
import { guardedFolder } from "../machines/guarded-folder.ts";
import { buildCompanionImages } from "../machines/images.ts";
import { startRegistry, type Registry } from "../machines/registry.ts";
import { current } from "../stand-in/archive.ts";
import { buildServerImage } from "../stand-in/server-image.ts";
import type { Fault } from "../stand-in/server/release.ts";
import { addBallast, dropBallast } from "./docker-ballast.ts";
import { catchProcess } from "./docker-catch.ts";
import { deploy, type Deployment } from "./docker-deployment.ts";
import { callSite, readKeepsake, type Keepsake } from "./docker-site.ts";

/** The newer version, built with each of the faults under a number of its own. */
const faulty: Readonly<Record<string, Fault>> = {
  "11.7.11": "fails-to-start",
  "11.7.12": "fails-migration",
  "11.7.13": "never-healthy",
};

let engine: Engine;
let chat: Deployment;
let first: Keepsake;
beforeAll(async () => {
  engine = await startEngine({ megabytes: 6000 });
  chat = await deploy(engine, { url: `http://${engine.address}` });
  await buildCompanionImages(engine, [await chat.succeed("cat compose.yaml")]);
  await buildServerImage(engine, current);
  for (const [version, fault] of Object.entries(faulty))
    await buildServerImage(engine, { version, schema: 160, faults: [fault] });
  // The database lies where the operator wants it, on the engine's disk.
  const device = join(engine.data, "database");
  mkdirSync(device);
  const driver = `{type: none, o: bind, device: ${device}}`;
  const override = `volumes:\n  postgres:\n    driver_opts: ${driver}\n`;
  writeFileSync(join(chat.folder, "compose.override.yaml"), override);
  await chat.succeed(`bin/init --site-url ${chat.site.url}`);
  await chat.succeed("echo START_TIMEOUT=30 >>.env && bin/up");
  first = await chat.leaveKeepsake("first");
}, 600_000);
afterAll(async () => {
  await chat.remove();
  await engine.remove();
});

afterEach(async () => {
  expect((await callSite(chat.site, "GET /system/ping")).version).toBe("11.7.9");
  expect(await readKeepsake(chat.site, first)).toEqual({
    post: "the post of first",
    file: "the file of first",
  });
  expect(await chat.run("bin/status")).toMatchObject({ code: 0 });
  expect(existsSync(join(chat.folder, ".state/unfinished"))).toBe(false);
});

it("changes nothing when the image cannot be had", async () => {
  const { code, out } = await chat.run("bin/upgrade 11.7.99");
  expect(code).toBe(1);
  expect(out).toContain("the image of 11.7.99 cannot be had; nothing was changed");
  expect(readdirSync(join(chat.folder, "backups"))).toEqual([".gitignore"]);
});

it.for([
  ["a downgrade", "11.7.8", "11.7.8 is older than the installed 11.7.9"],
  ["a floating tag", "latest", "latest is no version"],
])("refuses %s", async ([, version, message]) => {
  const { code, out } = await chat.run(`bin/upgrade ${version}`);
  expect(code).toBeGreaterThan(0);
  expect(out).toContain(message);
});

it("refuses another project name, under which there are no data", async () => {
  const rename = (name: string) =>
    chat.succeed(`sed -i s/^COMPOSE_PROJECT_NAME=.*/COMPOSE_PROJECT_NAME=${name}/ .env`);
  await rename("renamed");
  const { code, out } = await chat.run("bin/up");
  await rename("chat");
  expect(out).toContain("COMPOSE_PROJECT_NAME is renamed, but the data here are those of chat");
  expect(code).toBe(1);
});

it("refuses another PostgreSQL in the directory of the present one", async () => {
  const { code, out } = await chat.run("bin/upgrade-postgres 18");
  expect(out).toMatch(/the volume of PostgreSQL 18 would lie in \S+ too, where the data of 17 are/);
  expect(code).toBe(1);
});

it.for(Object.entries(faulty))(
  "goes back by itself from %s, which %s, and loses nothing",
  { timeout: 600_000 },
  async ([version]) => {
    const { code, out } = await chat.run(`bin/upgrade ${version}`);
    expect(out).toContain(`the upgrade to ${version} failed: 11.7.9 runs again, with its data`);
    expect(code).toBe(1);
    expect((await chat.run("bin/rollback --yes")).out).toContain("nothing to go back to");
  },
);

it("refuses an upgrade for which the disk is too small", async () => {
  const { bavail, bsize } = statfsSync(engine.data);
  const filler = join(engine.data, "filler");
  await execute("fallocate", ["--length", `${bavail * bsize - 50 * 1024 ** 2}`, filler]);
  const { code, out } = await chat.run("bin/upgrade 11.7.11");
  await execute("rm", [filler]);
  expect(out).toMatch(/the database's volume has \d+ MiB of space, \d+ MiB are needed/);
  expect(code).toBe(1);
  expect(readdirSync(join(chat.folder, "backups")).join(" ")).not.toContain(".partial");
});

it("takes the upgrade back on the next call when the disk was full until then", async () => {
  // The new server does not come up, and there is no space to put the old database back.
  const filler = join(engine.data, "filler");
  const upgrade = chat.run("bin/upgrade 11.7.11");
  await waitForPhase("switch");
  const { bavail, bsize } = statfsSync(engine.data);
  await execute("fallocate", ["--length", String(bavail * bsize), filler], { mayFail: true });
  const failed = await upgrade;
  await execute("rm", [filler]);
  expect(failed.out).toContain("11.7.9 could not be put back and the site is closed");
  expect(failed.code).toBe(1);
  const { code, out } = await chat.run("bin/upgrade 11.7.11");
  expect(out).toContain("the interrupted upgrade was taken back: 11.7.9 runs, with its data");
  expect(code).toBe(1);
});

it("serves the old version when the disk fills up during the backup", async () => {
  const backups = join(chat.folder, "backups");
  await execute("mount", ["-t", "tmpfs", "-o", "size=600m", "tmpfs", backups]);
  try {
    await fillVolume(100);
    const upgrade = chat.run("bin/upgrade 11.7.11");
    const partial = join(backups, ".partial/volumes.tar.gz");
    while (!existsSync(partial)) await setTimeout(5);
    const { bavail, bsize } = statfsSync(backups);
    await execute("fallocate", ["--length", String(bavail * bsize), join(backups, "filler")], {
      mayFail: true,
    });
    const { code, out } = await upgrade;
    expect(out).toMatch(/no space left on device/i);
    expect(out).toContain("nothing was upgraded: 11.7.9 runs again");
    expect(code).toBe(1);
  } finally {
    await execute("umount", [backups]);
  }
});

it("opens the old version again when the disk of all its files fills up in pg_dump", async () => {
  await addBallast(chat);
  const disk = await smallDisk(["backups", ".state"]);
  try {
    const upgrade = chat.run("bin/upgrade 11.7.11");
    const dump = await catchProcess(engine, "postgres", /^pg_dump /);
    await disk.fill();
    dump.release();
    const { code, out } = await upgrade;
    expect(out).toMatch(/no space left on device/i);
    expect(out).toContain("nothing was upgraded: 11.7.9 runs again");
    expect(code).toBe(1);
    expect(readdirSync(join(chat.folder, "backups"))).not.toContain(".partial");
  } finally {
    await disk.remove();
    await dropBallast(chat);
  }
});

it("changes nothing when the disk of the engine fills up while it pulls", async () => {
  const registry = await startRegistry(engine);
  const filler = join(engine.data, "filler");
  try {
    for (const image of await images()) {
      const name = image.includes("/") ? image : `library/${image}`;
      await engine.docker(["tag", image, `${registry.prefix}/${name}`]);
    }
    await pushLargeServer("11.7.14", registry);
    await chat.succeed(`echo REGISTRY=${registry.prefix} >>.env`);
    const { bavail, bsize } = statfsSync(engine.data);
    await execute("fallocate", ["--length", `${bavail * bsize - 200 * 1024 ** 2}`, filler]);
    const { code, out } = await chat.run("bin/upgrade 11.7.14");
    expect(out).toMatch(/no space left on device/i);
    expect(out).toContain("the image of 11.7.14 cannot be had; nothing was changed");
    expect(code).toBe(1);
  } finally {
    rmSync(filler, { force: true });
    await chat.succeed("sed -i /^REGISTRY=/d .env");
    await registry.remove();
  }
});

/** Puts so many MB that cannot be packed into the volume of uploads. */
async function fillVolume(megabytes: number): Promise<void> {
  const noise = join(chat.folder, ".state/noise");
  writeFileSync(noise, "");
  await execute("dd", ["if=/dev/urandom", `of=${noise}`, "bs=1M", `count=${megabytes}`]);
  await engine.docker(["cp", noise, "chat-mattermost-1:/mattermost/data/noise"]);
  await execute("rm", [noise]);
}

async function waitForPhase(phase: string): Promise<void> {
  while ((await chat.run(`grep -qs phase=${phase} .state/unfinished`)).code !== 0)
    await setTimeout(100);
}

/** Moves folders of the deployment to a disk of 600 MB. */
async function smallDisk(names: readonly string[]) {
  const disk = mkdtempSync(join(tmpdir(), "mattermost-deployment-disk-"));
  await execute("mount", ["-t", "tmpfs", "-o", "size=600m", "tmpfs", disk]);
  for (const name of names) {
    await execute("cp", ["--archive", join(chat.folder, name), disk]);
    await execute("mount", ["--bind", join(disk, name), join(chat.folder, name)]);
  }
  return {
    async fill() {
      const { bavail, bsize } = statfsSync(disk);
      await execute("fallocate", ["--length", `${bavail * bsize}`, join(disk, "filler")], {
        mayFail: true,
      });
    },
    async remove() {
      for (const name of names) await execute("umount", [join(chat.folder, name)]);
      await execute("umount", [disk]);
      rmSync(disk, { recursive: true });
    },
  };
}

async function images(): Promise<readonly string[]> {
  const { out } = await engine.docker(["images", "--format", "{{.Repository}}:{{.Tag}}"]);
  return out.split("\n").filter((name) => /^(postgres|caddy|mattermost\/)/.test(name));
}

/** Pushes an image of the server that takes more space than the tests leave, and removes it. */
async function pushLargeServer(version: string, registry: Registry): Promise<void> {
  const folder = await guardedFolder("large-server");
  const tag = `mattermost/mattermost-team-edition:${version}`;
  await execute("dd", ["if=/dev/urandom", `of=${folder.path}/ballast`, "bs=1M", "count=250"]);
  const recipe = "FROM mattermost/mattermost-team-edition:11.7.9\nCOPY ballast /\n";
  writeFileSync(join(folder.path, "Dockerfile"), recipe);
  await engine.build(folder.path, tag);
  await folder.remove();
  await registry.push(tag);
  await engine.docker(["rmi", tag]);
}
