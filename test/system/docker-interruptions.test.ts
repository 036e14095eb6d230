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
    ["database-filled", "11.7.9"],
    ["database-put-back", "11.7.9"],
    ["files-put-back", "11.7.9"],
    ["put-back", "11.7.9"],
    ["started-again", "11.7.9"],
  ],
  "bin/backup": [
    ["backup-begun", "11.7.9"],
    ["backup-stopped", "11.7.9"],
    ["dumped", "11.7.9"],
    ["packed", "11.7.9"],
    ["backup-made", "11.7.9"],
    ["backup-started-again", "11.7.9"],
  ],
  "bin/upgrade-postgres 18": [
    ["postgres-begun", "17"],
    ["dumped", "17"],
    ["packed", "17"],
    ["postgres-switching", "17"],
    ["postgres-pinned", "17"],
    ["postgres-started", "17"],
    ["database-filled", "17"],
    ["postgres-restored", "17"],
    ["postgres-server-started", "17"],
    ["postgres-opening", "18"],
    ["postgres-opened", "18"],
  ],
} as const;

/** The steps of putting a backup in the place of what is there. */
const replacing = [
  "dumped",
  "packed",
  "replacing",
  "database-filled",
  "database-put-back",
  "files-put-back",
  "replaced",
  "reopening",
  "reopened",
] as const;

/** The steps of bin/init, which makes files and nothing else. */
const preparing = ["first-secret-made", "secrets-made", "settings-made"] as const;

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
  const killed = Object.values(steps).flatMap((rows) => rows.map(([step]) => step));
  expect(new Set(found)).toEqual(
    new Set<string>([...killed, ...replacing, ...preparing, "postgres-unpinned"]),
  );
});

const version = async () => (await callSite(chat.site, "GET /system/ping")).version;
const postgres = async () => (await chat.succeed("grep ^POSTGRES_VERSION= .env")).trim().slice(-2);

async function kill(command: string, step: string): Promise<void> {
  const killed = await chat.run(`${command}; echo "ended $?"`, {
    MATTERMOST_DEPLOYMENT_KILL_AT: step,
  });
  expect(killed.out, step).toContain("ended 137");
}

/** Kills a command after a step, calls it once more, and makes sure that the site is whole. */
async function interrupt(command: string, step: string, settled: () => Promise<string>) {
  await kill(command, step);
  const { out } = await chat.run(command);
  await expectWhole(out);
  return settled();
}

/** The site is open, with all that was there, and nothing is under way. */
async function expectWhole(out: string): Promise<void> {
  expect(existsSync(join(chat.folder, ".state/unfinished")), out).toBe(false);
  expect(await databases(), out).toBe("mattermost\n");
  expect((await chat.run("bin/status")).code, out).toBe(0);
  expect(await readKeepsake(chat.site, first), out).toEqual({
    post: "the post of first",
    file: "the file of first",
  });
}

const databases = () =>
  chat.succeed(
    `docker compose exec -T postgres psql --username postgres --no-align --tuples-only --command \
      "SELECT datname FROM pg_database WHERE datname LIKE 'mattermost%'"`,
  );

it("makes no secret twice when bin/init is killed again and again", async () => {
  const other = await deploy(engine, { url: chat.site.url });
  const init = `bin/init --site-url ${chat.site.url} --project-name other`;
  const secrets = async () => (await other.run("cat secrets/*.env")).out;
  let made = "";
  for (const step of preparing) {
    const killed = await other.run(`${init}; echo "ended $?"`, {
      MATTERMOST_DEPLOYMENT_KILL_AT: step,
    });
    expect(killed.out).toContain("ended 137");
    expect(existsSync(join(other.folder, ".env"))).toBe(false);
    expect(await secrets()).toContain(made);
    made = await secrets();
  }
  await other.succeed(init);
  expect(await secrets()).toBe(made);
  expect(await other.succeed("bin/up --dry-run")).toContain("Nothing was changed");
  await other.remove();
});

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

// Each call goes on where the one before it was killed, and gets one step further.
it("finishes a rollback that is killed at every step", { timeout: 600_000 }, async () => {
  await chat.succeed("bin/upgrade 11.7.10");
  for (const step of replacing) await kill("bin/rollback --yes", step);
  const { out } = await chat.run("bin/rollback --yes");
  expect(out).toContain("there is nothing to go back to");
  await expectWhole(out);
  expect(await version()).toBe("11.7.9");
});

describe("a backup that is killed", () => {
  it.for(steps["bin/backup"])(
    "after %s: the next call makes one, and %s serves",
    { timeout: 600_000 },
    async ([step, outcome]) => {
      expect(await interrupt("bin/backup", step, version)).toBe(outcome);
      expect(await chat.succeed("ls -A backups")).not.toContain(".partial");
    },
  );

  it("leaves a site that bin/status knows of, and that bin/up opens", async () => {
    await kill("bin/backup", "backup-stopped");
    const status = await chat.run("bin/status");
    expect(status.out).toContain("a backup was interrupted, and the server stands still");
    expect(status.code).toBe(1);
    await expectWhole(await chat.succeed("bin/up"));
  });
});

const savedStates = () =>
  readdirSync(join(chat.folder, "backups")).filter((name) => name.endsWith("-before-restore"));

describe("a restoration that is killed", () => {
  let kept = "";
  let saved: string | undefined;
  let later: Keepsake;
  beforeAll(async () => {
    kept = /complete: (\S+)/.exec(await chat.succeed("bin/backup"))?.[1] ?? "";
  });

  it.for(replacing)("after %s: the next call finishes it", { timeout: 600_000 }, async (step) => {
    later = await chat.leaveKeepsake(step);
    const before = savedStates();
    const command = `bin/restore ${kept} --yes`;
    expect(await interrupt(command, step, version)).toBe("11.7.9");
    saved = savedStates().find((name) => !before.includes(name));
    expect(await readKeepsake(chat.site, later)).toMatchObject({ post: 401 });
  });

  it("left what was there in a backup of its own", async () => {
    await chat.succeed(`bin/restore backups/${saved} --yes`);
    expect(await readKeepsake(chat.site, later)).toMatchObject({ post: later.message });
  });
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
