import type { Database } from "./database.ts";

/** The name of each table is one of the real server's, the columns are those that the stand-in uses. */
const migrations = [
  {
    version: 159,
    name: "deduplicate_policy_names",
    sql: `
      CREATE TABLE systems (name varchar(64) PRIMARY KEY, value varchar(1024));
      CREATE TABLE users (id varchar(26) PRIMARY KEY, createat bigint, updateat bigint,
        deleteat bigint DEFAULT 0, username varchar(64) UNIQUE, password varchar(128),
        email varchar(128) UNIQUE, emailverified boolean, roles varchar(256));
      CREATE TABLE bots (userid varchar(26) PRIMARY KEY);
      CREATE TABLE sessions (id varchar(26) PRIMARY KEY, token varchar(26) UNIQUE,
        userid varchar(26), createat bigint);
      CREATE TABLE teams (id varchar(26) PRIMARY KEY, createat bigint, updateat bigint,
        deleteat bigint DEFAULT 0, displayname varchar(64), name varchar(64) UNIQUE,
        email varchar(128), type varchar(1), inviteid varchar(32));
      CREATE TABLE teammembers (teamid varchar(26), userid varchar(26), deleteat bigint DEFAULT 0,
        schemeadmin boolean, PRIMARY KEY (teamid, userid));
      CREATE TABLE channels (id varchar(26) PRIMARY KEY, createat bigint, updateat bigint,
        deleteat bigint DEFAULT 0, teamid varchar(26), type varchar(1), displayname varchar(64),
        name varchar(64), UNIQUE (teamid, name));
      CREATE TABLE posts (id varchar(26) PRIMARY KEY, createat bigint, updateat bigint,
        deleteat bigint DEFAULT 0, userid varchar(26), channelid varchar(26), rootid varchar(26),
        message text, fileids varchar(300));
      CREATE TABLE fileinfo (id varchar(26) PRIMARY KEY, creatorid varchar(26), postid varchar(26),
        channelid varchar(26), createat bigint, updateat bigint, deleteat bigint DEFAULT 0,
        path varchar(512), name varchar(256), extension varchar(64), size bigint,
        mimetype varchar(256), width integer, height integer)`,
  },
  {
    version: 160,
    name: "stand_in_adds_last_login",
    sql: `
      ALTER TABLE users ADD COLUMN IF NOT EXISTS lastlogin bigint;
      UPDATE users SET lastlogin = (SELECT max(createat) FROM sessions WHERE userid = users.id)`,
  },
] as const;

/** How the last migration ends. */
export type Ending = "recorded" | "broken" | "never";

/** The number of the last migration that was applied, 0 for an empty database. */
export async function schemaVersion(database: Database): Promise<number> {
  await database.pool.query(
    "CREATE TABLE IF NOT EXISTS db_migrations (version bigint PRIMARY KEY, name varchar NOT NULL)",
  );
  const row = await database.row("SELECT coalesce(max(version), 0) AS version FROM db_migrations");
  return Number(row?.["version"]);
}

/**
 * Applies what is missing, in order; returns how many migrations that were. A last one that is to end
 * as `broken` is done and not recorded, as when the server dies in the middle of it.
 *
 * A newer schema is refused. The real server starts on one (observed by adding a row to db_migrations),
 * and promises nothing about it. The stand-in is stricter on purpose: a way back that forgets the
 * database has to be noticed.
 *
 * @throws Error when the schema is newer than `schema`, or when a migration breaks.
 */
export async function migrate(database: Database, schema: number, ending: Ending): Promise<number> {
  const current = await schemaVersion(database);
  if (current > schema)
    throw new Error(`the database has schema ${current}, newer than ${schema} of this version`);
  const missing = migrations.filter(({ version }) => version > current && version <= schema);
  for (const { version, name, sql } of missing) {
    const isLast = version === missing.at(-1)?.version;
    const isEndless = isLast && ending === "never";
    await database.pool.query(isEndless ? `BEGIN; ${sql}; SELECT pg_sleep(86400)` : sql);
    if (isLast && ending === "broken") throw new Error(`migration ${version}_${name} failed`);
    await database.pool.query("INSERT INTO db_migrations VALUES ($1, $2)", [version, name]);
  }
  return missing.length;
}
