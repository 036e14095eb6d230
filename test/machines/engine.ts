import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, openSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { tool } from "../system/tools.ts";
import { execute, type Executed, type ExecuteOptions } from "./execute.ts";
import { guardedFolder } from "./guarded-folder.ts";
import { makeNetwork } from "./network.ts";
import { findProgram, programPath, requirePrograms } from "./requirements.ts";

/** A Docker engine of its own, empty at first, in a network that leads nowhere: it cannot pull. */
export interface Engine {
  /** Where published ports answer. */
  readonly address: string;
  /** This machine's address as its containers see it. */
  readonly host: string;
  /** Its network namespace, as `ip netns` names it. */
  readonly network: string;
  /** Where its volumes and images lie. */
  readonly data: string;
  /** What `docker` and `docker compose` need to find it, with the rest of this environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Runs `docker`. */
  docker(words: readonly string[], options?: ExecuteOptions): Promise<Executed>;
  /** Builds the image of a folder with a Dockerfile. */
  build(folder: string, tag: string): Promise<void>;
  /** Kills it, as when it crashes; `restart` is what has to follow. */
  kill(): Promise<void>;
  /** Stops it in an orderly way, and what runs in it, and starts it again, as a reboot would. */
  restart(): Promise<void>;
  /** Stops all and removes it; happens by itself when the test process ends. */
  remove(): Promise<void>;
}

/**
 * Starts an engine, Debian's, with the Compose plugin that `install-packages` unpacked. With
 * `megabytes`, all that it keeps lies on a disk of that size.
 *
 * @throws Error when this machine lacks what that needs, or when it does not come up.
 */
export async function startEngine({ megabytes }: { megabytes?: number } = {}): Promise<Engine> {
  requirePrograms("an engine", [
    "dockerd",
    "docker",
    "containerd",
    "runc",
    "nsenter",
    "ip",
    "iptables",
  ]);
  const folder = await guardedFolder("engine");
  const network = await makeNetwork(folder, false);
  const plugins = join(folder.path, "configuration/cli-plugins");
  mkdirSync(plugins, { recursive: true });
  symlinkSync(tool("docker-compose"), join(plugins, "docker-compose"));
  const host = `unix://${join(folder.path, "docker.sock")}`;
  const log = join(folder.path, "log");
  folder.undoWith(
    `pid=$(cat '${folder.path}/dockerd') && { end "$pid" TERM; wait_for "$pid" 300; end "$pid"; }
     grep -oF ' ${folder.path}/' /proc/mounts >/dev/null &&
       awk '{ print $2 }' /proc/mounts | grep -F '${folder.path}/' | sort -r | xargs -r umount -l`,
  );
  const data = join(folder.path, "data");
  mkdirSync(data);
  if (megabytes !== undefined)
    await execute("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", data]);
  let daemon = startDaemon(folder.path, network.name, host, log);
  const environment = {
    ...withoutOtherEngines(),
    DOCKER_HOST: host,
    DOCKER_CONFIG: join(folder.path, "configuration"),
    DOCKER_BUILDKIT: "0",
  };
  const docker = (words: readonly string[], options: ExecuteOptions = {}) =>
    execute("docker", words, { env: environment, ...options });
  await untilUp(docker, log);
  return {
    address: network.address,
    host: network.host,
    network: network.name,
    data,
    environment,
    docker,
    async build(context, tag) {
      await docker(["build", "--quiet", "--tag", tag, context]);
    },
    async kill() {
      const containerd = readFileSync(join(folder.path, "exec/containerd/containerd.pid"), "utf8");
      await end(daemon, "SIGKILL");
      // It dies with the engine, a moment later; the next engine would count on it.
      await untilGone(Number(containerd));
    },
    async restart() {
      await end(daemon, "SIGTERM");
      daemon = startDaemon(folder.path, network.name, host, log);
      await untilUp(docker, log);
    },
    remove: () => folder.remove(),
  };
}

// Only its network: "ip netns exec" would hide the control groups from it as well.
function startDaemon(folder: string, network: string, host: string, log: string): ChildProcess {
  const words = [`--net=/run/netns/${network}`, "dockerd", ...flags(folder, host)];
  const daemon = spawn("nsenter", words, {
    stdio: ["ignore", openSync(log, "a"), openSync(log, "a")],
    detached: true,
    env: { ...process.env, PATH: programPath },
  });
  daemon.unref();
  writeFileSync(join(folder, "dockerd"), String(daemon.pid));
  return daemon;
}

async function untilGone(pid: number): Promise<void> {
  for (let attempt = 0; existsSync(`/proc/${pid}`); attempt += 1) {
    if (attempt === 300) throw new Error(`process ${pid} of a killed engine goes on`);
    await setTimeout(100);
  }
}

async function end(daemon: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (daemon.exitCode !== null || daemon.signalCode !== null) return;
  const ended = once(daemon, "exit");
  daemon.kill(signal);
  await ended;
}

function flags(folder: string, host: string): readonly string[] {
  return [
    "--data-root",
    join(folder, "data"),
    "--exec-root",
    join(folder, "exec"),
    "-p",
    join(folder, "dockerd.pid"),
    "-H",
    host,
    // More than the default of some machines, no more than what a container of tests may have.
    "--default-ulimit",
    "nofile=20000:20000",
  ];
}

function withoutOtherEngines(): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name]) => !/^(DOCKER|COMPOSE)_/.test(name));
  const found = Object.fromEntries(kept.map(([name, value]) => [name, value ?? ""]));
  return { ...found, PATH: programPath };
}

async function untilUp(docker: Engine["docker"], log: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if ((await docker(["version"], { mayFail: true })).code === 0) return;
    await setTimeout(100);
  }
  const text = readFileSync(log, "utf8").slice(-3000);
  throw new Error(`${findProgram("dockerd")} does not come up:\n${text}`);
}
