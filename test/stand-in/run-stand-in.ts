import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { execute, type Executed } from "../machines/execute.ts";
import { freePort } from "../machines/free-port.ts";
import { guardedFolder } from "../machines/guarded-folder.ts";
import { ordinaryUser } from "../system/tools.ts";
import { current, layOut } from "./archive.ts";
import type { Fault, Release } from "./server/release.ts";

/** How to run a stand-in. */
export interface StandInOptions {
  /** The address of a database. */
  readonly database: string;
  /** 11.7.9 unless given. */
  readonly release?: Release;
  /** `MM_*`, or faults from the beginning on. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The site URL; where it listens unless given. */
  readonly siteUrl?: string;
}

/** A stand-in that runs on loopback as an ordinary user. */
export interface StandIn {
  /** Where it listens: http, 127.0.0.1 and a port. */
  readonly url: string;
  /** Its installation: `config`, `data`, `logs` and the others. */
  readonly folder: string;
  /** Runs `bin/mmctl` beside it. */
  mmctl(...words: string[]): Promise<Executed>;
  /** From now on it has these faults and no others. */
  setFaults(...faults: Fault[]): void;
  /** Sends SIGTERM; resolves to the exit code. */
  stop(): Promise<number | null>;
  /** All that it printed. */
  output(): string;
  remove(): Promise<void>;
}

/**
 * Starts a stand-in and waits until it answers.
 *
 * @throws Error with its output when it ends before that.
 */
export async function runStandIn(options: StandInOptions): Promise<StandIn> {
  const guarded = await guardedFolder("stand-in");
  const folder = join(guarded.path, "mattermost");
  await layOut(options.release ?? current, folder);
  const { uid, gid } = ordinaryUser;
  await execute("chown", ["-R", `${uid}:${gid}`, guarded.path]);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const socket = join(guarded.path, "local.socket");
  const log = openSync(join(guarded.path, "output"), "a");
  const server = spawn(join(folder, "bin/mattermost"), [], {
    cwd: folder,
    ...ordinaryUser,
    stdio: ["ignore", log, log],
    env: {
      MM_SQLSETTINGS_DATASOURCE: options.database,
      MM_SERVICESETTINGS_LISTENADDRESS: `127.0.0.1:${port}`,
      MM_SERVICESETTINGS_SITEURL: options.siteUrl ?? url,
      MM_SERVICESETTINGS_ENABLELOCALMODE: "true",
      MM_SERVICESETTINGS_LOCALMODESOCKETLOCATION: socket,
      ...options.environment,
    },
  });
  closeSync(log);
  const ended = once(server, "exit");
  guarded.undoWith(`end ${server.pid}; wait_for ${server.pid}`);
  const output = () => readFileSync(join(guarded.path, "output"), "utf8");
  for (let attempt = 0; !output().includes("Server is listening"); attempt += 1) {
    if (server.exitCode !== null || attempt > 300) {
      const text = output();
      await guarded.remove();
      throw new Error(`the stand-in ended with ${server.exitCode}:\n${text}`);
    }
    await setTimeout(50);
  }
  return {
    url,
    folder,
    output,
    mmctl: (...words) =>
      execute(join(folder, "bin/mmctl"), words, {
        ...ordinaryUser,
        env: { MMCTL_LOCAL_SOCKET_PATH: socket },
        mayFail: true,
      }),
    setFaults: (...faults) =>
      writeFileSync(join(folder, "config/stand-in-faults"), faults.join("\n")),
    async stop() {
      server.kill("SIGTERM");
      await ended;
      return server.exitCode;
    },
    remove: () => guarded.remove(),
  };
}
