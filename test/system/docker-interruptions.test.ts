import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEngine, type Engine } from "../machines/engine.ts";
import { buildCompanionImages, buildNextPostgresImage } from "../machines/images.ts";
import { current, newer } from "../stand-in/archive.ts";
import { buildServerImage } from "../stand-in/server-image.ts";
import { deploy, type Deployment } from "./docker-deployment.ts";
import { callSite, readKeepsake, type Keepsake } from "./docker-site.ts";

/** What is killed, after which steps, and the version that its next call leaves running. */
const steps = {
  "bin/upgrade 11.7.10": [
    ["begun", "11.7.9"],
    ["closed", "11.7.9"],
    ["dumped", "11.7.9"],
    ["packed", "11.7.9"],
    ["switching", "11.7.9"],
    ["pinned", "11.7.10"],
    ["started", "11.7.10"],
    ["opening", "11.7.10"],
    ["opened", "11.7.10"],
    ["finished", "11.7.10"],
  ],
  // Its migration fails.
  "bin/upgrade 11.7.11": [
    ["going-back", "11.7.9"],
    ["database-put-back", "11.7.9"],
    ["files-put-back", "11.7.9"],
    ["put-back", "11.7.9"],
    ["started-again", "11.7.9"],
  ],
  "bin/rollback --yes": [
    ["replacing", "11.7.9"],
    ["replaced", "11.7.9"],
    ["reopening", "11.7.9"],
    ["reopened", "11.7.9"],
  ],
  "bin/upgrade-postgres 18": [
    ["postgres-begun", "17"],
    ["postgres-switching", "17"],
    ["postgres-pinned", "17"],
    ["postgres-started", "17"],
    ["postgres-restored", "17"],
    ["postgres-server-started", "17"],
    ["postgres-opening", "18"],
    ["postgres-opened", "18"],
  ],
} as const;

let engine: Engine;
let chat: Deployment;
let first: Keepsake;
beforeAll(async () => {
  engine = await startEngine();
  chat = await deploy(engine, { url: `http://${engine.address}` });
  await buildCompanionImages(engine, [await chat.succeed("cat compose.yaml")]);
  await buildNextPostgresImage(engine);
  await buildServerImage(engine, current);
  await buildServerImage(engine, newer);
  await buildServerImage(engine, { version: "11.7.11", schema: 160, faults: ["fails-migration"] });
  await chat.succeed(`bin/init --site-url ${chat.site.url} && bin/up`);
  first = await chat.leaveKeepsake("first");
}, 600_000);
afterAll(async () => {
  await chat.remove();
  await engine.remove();
});

it("is killed at every step that the commands have", () => {
  const found = ["bin", "lib"].flatMap((folder) =>
    readdirSync(join(chat.folder, folder)).flatMap((name) => {
      const text = readFileSync(join(chat.folder, folder, name), "utf8");
      return [...text.matchAll(/\bpassed ([a-z-]+)/g)].map(([, step = ""]) => step);
    }),
  );
  const killed: readonly string[] = Object.values(steps).flatMap((rows) =>
    rows.map(([step]) => step),
  );
  expect([...new Set(found)].toSorted()).toEqual([...killed, "postgres-unpinned"].toSorted());
});

const version = async () => (await callSite(chat.site, "GET /system/ping")).version;
const postgres = async () => (await chat.succeed("grep ^POSTGRES_VERSION= .env")).trim().slice(-2);

async function kill(command: string, step: string): Promise<void> {
  const killed = await chat.run(`${command}; echo "ended $?"`, { KILL_AFTER: step });
  expect(killed.out, step).toContain("ended 137");
}

/** Kills a command after a step, calls it once more, and makes sure that the site is whole. */
async function interrupt(command: string, step: string, settled: () => Promise<string>) {
  await kill(command, step);
  const { out } = await chat.run(command);
  expect(existsSync(join(chat.folder, ".state/unfinished")), out).toBe(false);
  expect((await chat.run("bin/status")).code, out).toBe(0);
  expect(await readKeepsake(chat.site, first), out).toEqual({
    post: "the post of first",
    file: "the file of first",
  });
  return settled();
}

describe("an upgrade that is killed", () => {
  it.for(steps["bin/upgrade 11.7.10"])(
    "after %s: the next call settles it, with %s",
    { timeout: 600_000 },
    async ([step, outcome]) => {
      expect(await interrupt("bin/upgrade 11.7.10", step, version)).toBe(outcome);
      if (outcome === "11.7.10") await chat.succeed("bin/rollback --yes");
    },
  );
});

describe("an upgrade that goes back and is killed", () => {
  it.for(steps["bin/upgrade 11.7.11"])(
    "after %s: the next call settles it, with %s",
    { timeout: 600_000 },
    async ([step, outcome]) => {
      expect(await interrupt("bin/upgrade 11.7.11", step, version)).toBe(outcome);
    },
  );
});

describe("a rollback that is killed", () => {
  it.for(steps["bin/rollback --yes"])(
    "after %s: the next call settles it, with %s",
    { timeout: 600_000 },
    async ([step, outcome]) => {
      await chat.succeed("bin/upgrade 11.7.10");
      expect(await interrupt("bin/rollback --yes", step, version)).toBe(outcome);
    },
  );
});

describe("another PostgreSQL that is killed", () => {
  it.for(steps["bin/upgrade-postgres 18"])(
    "after %s: the next call settles it, with %s",
    { timeout: 600_000 },
    async ([step, outcome]) => {
      expect(await interrupt("bin/upgrade-postgres 18", step, postgres)).toBe(outcome);
      if (outcome === "18") await goBackTo17();
    },
  );
});

it("goes back to the old PostgreSQL when that is killed too", { timeout: 600_000 }, async () => {
  await kill("bin/upgrade-postgres 18", "postgres-restored");
  expect(await interrupt("bin/upgrade-postgres 18", "postgres-unpinned", postgres)).toBe("17");
});

/** To the old volume, which has all that there is. */
async function goBackTo17(): Promise<void> {
  await chat.succeed("docker compose down");
  await chat.succeed(
    "sed -i 's/^POSTGRES_VERSION=.*/POSTGRES_VERSION=17/; s/^POSTGRES_VOLUME=.*/POSTGRES_VOLUME=postgres/; s|^POSTGRES_MOUNT=.*|POSTGRES_MOUNT=/var/lib/postgresql/data|' .env",
  );
  await chat.succeed("docker volume rm chat_postgres-18 && bin/up");
}
