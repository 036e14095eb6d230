import { chownSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { ordinaryUser } from "../system/tools.ts";
import { execute } from "./execute.ts";
import { freePort } from "./free-port.ts";
import { guardedFolder } from "./guarded-folder.ts";
import { requirePrograms } from "./requirements.ts";

/** A PostgreSQL of its own, on loopback and on a socket, where everybody is trusted. */
export interface PostgresCluster {
  /** Makes an empty database and returns its address, over TCP. */
  makeDatabase(name: string): Promise<string>;
  /** The same database over the socket, in the form that Go's driver reads. */
  socketAddress(name: string): string;
  query(name: string, sql: string): Promise<readonly Record<string, unknown>[]>;
  stop(): Promise<void>;
  start(): Promise<void>;
  remove(): Promise<void>;
}

/** Starts a cluster as an ordinary user. */
export async function startPostgres(): Promise<PostgresCluster> {
  requirePrograms("a database", [join(programs(), "initdb")]);
  const folder = await guardedFolder("postgres");
  const data = join(folder.path, "data");
  mkdirSync(data, { mode: 0o700 });
  chownSync(data, ordinaryUser.uid, ordinaryUser.gid);
  chownSync(folder.path, ordinaryUser.uid, ordinaryUser.gid);
  const port = await freePort();
  const run = (program: string, words: readonly string[]) =>
    execute(join(programs(), program), words, { ...ordinaryUser, cwd: folder.path });
  await run("initdb", ["-D", data, "-U", "postgres", "--auth=trust", "--no-sync", "-E", "UTF8"]);
  const settings = `-k ${folder.path} -h 127.0.0.1 -p ${port} -F`;
  const control = (words: readonly string[]) => run("pg_ctl", ["-D", data, "-w", ...words]);
  const start = async () => {
    await control(["-l", join(folder.path, "log"), "-o", settings, "start"]);
  };
  folder.undoWith(`end "$(head -n 1 '${data}/postmaster.pid')" QUIT; sleep 0.3`);
  await start();
  const address = (name: string) => `postgres://postgres@127.0.0.1:${port}/${name}?sslmode=disable`;
  const query = async (name: string, sql: string) => {
    const client = new pg.Client({ connectionString: address(name) });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  };
  return {
    async makeDatabase(name) {
      await query("postgres", `CREATE DATABASE ${name}`);
      return address(name);
    },
    socketAddress: (name) =>
      `postgres://postgres@/${name}?host=${folder.path}&port=${port}&sslmode=disable&connect_timeout=10`,
    query,
    start,
    async stop() {
      if (existsSync(join(data, "postmaster.pid"))) await control(["-m", "immediate", "stop"]);
    },
    async remove() {
      await folder.remove();
    },
  };
}

// Debian keeps each major version in a folder of its own, none of it on PATH.
function programs(): string {
  const versions = "/usr/lib/postgresql";
  const [newest = "none"] = existsSync(versions)
    ? readdirSync(versions).toSorted((a, b) => Number(b) - Number(a))
    : [];
  return join(versions, newest, "bin");
}
