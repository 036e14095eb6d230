import { Configuration } from "./configuration.ts";
import { Database } from "./database.ts";
import { Log } from "./log.ts";
import { mmctl } from "./mmctl.ts";
import { readRelease, type Release } from "./release.ts";
import { migrate, schemaVersion } from "./schema.ts";
import { serve } from "./serve.ts";

/** `bin/mattermost` and `bin/mmctl`: the launcher tells the name that it was called by. */
const release = readRelease();
const [name = "", ...words] = process.argv.slice(2);

try {
  if (name === "mmctl") process.exitCode = await mmctl(words, release.version);
  else await mattermost(words);
} catch (error) {
  console.error(`Error: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

async function mattermost([noun, verb]: readonly string[]): Promise<void> {
  if (noun === undefined || noun === "server") await serve(release);
  else if (noun === "version") console.log(versionText(release));
  else if (noun === "db" && verb === "migrate") await withDatabase(migrateAll);
  else if (noun === "db" && verb === "version") await withDatabase(printSchema);
  else throw new Error(`unknown command "${noun}" for "mattermost"`);
}

// Observed; it looks neither for the configuration nor for the database.
function versionText({ version, isEnterprise = false }: Release): string {
  return [
    `Version: ${version}`,
    `Build Number: ${version}`,
    "Build Date: Thu Jan  1 00:00:00 UTC 1970",
    "Build Hash: stand-in",
    `Build Enterprise Ready: ${isEnterprise}`,
  ].join("\n");
}

// Both texts observed.
async function migrateAll(database: Database): Promise<void> {
  const applied = await migrate(database, release.schema, "recorded");
  console.log(applied === 0 ? "No migrations to apply." : "Database successfully migrated");
}

// Observed: asking for the version migrates an empty database, and takes a newer one.
async function printSchema(database: Database): Promise<void> {
  if ((await schemaVersion(database)) === 0) await migrate(database, release.schema, "recorded");
  console.log(`Current database schema version is: ${await schemaVersion(database)}`);
}

async function withDatabase(use: (database: Database) => Promise<void>): Promise<void> {
  const { DataSource } = new Configuration().settings.SqlSettings;
  const database = await Database.connect(DataSource, 2, new Log());
  await use(database);
  await database.close();
}
