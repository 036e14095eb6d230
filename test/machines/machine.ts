import { spawn } from "node:child_process";
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { execute, type Executed, type ExecuteOptions } from "./execute.ts";
import { guardedFolder } from "./guarded-folder.ts";
import { makeNetwork } from "./network.ts";
import { requirePrograms } from "./requirements.ts";
import { bareMachine, rootFileSystem } from "./root-file-system.ts";

/** A Debian 12 machine with systemd, in a network of its own. */
export interface Machine {
  /** Its address as this machine sees it. */
  readonly address: string;
  /** The address of this machine as it sees it: servers of the test are reached there. */
  readonly host: string;
  /** Runs a line of bash as root, in /root; with `mayFail` whatever its exit code. */
  exec(command: string, options?: ExecuteOptions): Promise<Executed>;
  /** Writes a file; not below /tmp and /run, which are the machine's own. */
  write(path: string, text: string, mode?: number): void;
  /** Copies a file or a folder of this machine into it; not below /tmp and /run. */
  copy(source: string, target: string): void;
  /** Switches it off in an orderly way and on again. */
  reboot(): Promise<void>;
  /** Switches it off at once and removes it; happens by itself when the test process ends. */
  remove(): Promise<void>;
}

/**
 * Boots a machine: unpacks the cached root file system and starts its init in systemd-nspawn, in 3 s.
 *
 * @throws Error when this machine lacks what that needs, or when the machine does not come up.
 */
export async function bootMachine(): Promise<Machine> {
  requirePrograms("a machine", ["systemd-nspawn", "nsenter", "script", "ip", "iptables", "tar"]);
  const image = await rootFileSystem(bareMachine);
  const folder = await guardedFolder("machine");
  const root = join(folder.path, "root");
  mkdirSync(root);
  const network = await makeNetwork(folder, true);
  await execute("tar", ["-C", root, "--exclude=./dev/*", "-xf", image]);
  copyFileSync("/etc/resolv.conf", join(root, "etc/resolv.conf"));
  writeFileSync(join(root, "etc/hostname"), `${network.name}\n`);
  folder.undoWith(
    // Processes that were killed leave theirs a moment later.
    `for ((i = 0; i < 50; i++)); do
       left=no
       for tree in ${controlGroups}; do
         [[ ! -d $tree/${network.name} ]] && continue
         find "$tree/${network.name}" -depth -type d -exec rmdir {} \\; 2>/dev/null
         [[ ! -d $tree/${network.name} ]] || left=yes
       done
       [[ $left == yes ]] || break
       sleep 0.1
     done`,
  );
  folder.undoWith(
    `pid=$(cat '${folder.path}/nspawn' 2>/dev/null) && {
       read -r leader <"/proc/$pid/task/$pid/children"
       end "$pid"; [[ -z $leader ]] || kill -KILL "$leader"; wait_for "$pid"
     } 2>/dev/null`,
  );
  let leader = await start(folder.path, root, network.name);
  const exec = (command: string, options: ExecuteOptions = {}) =>
    execute("nsenter", [...entering(leader), "bash", "-c", `cd /root; ${command}`], options);
  return {
    ...network,
    exec,
    write(path, text, mode = 0o644) {
      mkdirSync(join(root, dirname(path)), { recursive: true });
      writeFileSync(join(root, path), text, { mode });
    },
    copy(source, target) {
      mkdirSync(join(root, dirname(target)), { recursive: true });
      cpSync(source, join(root, target), { recursive: true });
    },
    async reboot() {
      // The command ends with the machine.
      await exec("systemctl poweroff", { mayFail: true });
      await until("the machine is off", async () => !existsSync(`/proc/${leader}`));
      leader = await start(folder.path, root, network.name);
    },
    remove: () => folder.remove(),
  };
}

// Of the hybrid and of the unified hierarchy.
const controlGroups = "/sys/fs/cgroup/systemd /sys/fs/cgroup/unified /sys/fs/cgroup";

// As in a session of root, with nothing of this machine's environment.
function entering(leader: number): readonly string[] {
  const path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  return ["-t", String(leader), "-a", "env", "-i", `PATH=${path}`, "HOME=/root", "LANG=C.UTF-8"];
}

// Returns the process id of its init, as this machine counts.
async function start(folder: string, root: string, network: string): Promise<number> {
  const command = [
    // Without a control group of its own it shares one with other machines, and stops their services.
    `for tree in ${controlGroups}; do if [ -e $tree/cgroup.procs ]; then`,
    `mkdir -p $tree/${network} && echo $$ >$tree/${network}/cgroup.procs; fi; done;`,
    "exec systemd-nspawn --quiet --boot --register=no --keep-unit --resolv-conf=off",
    `--directory='${root}' --machine=${network}`,
    `--network-namespace-path=/run/netns/${network}`,
  ];
  // It wants a terminal.
  const terminal = spawn("script", ["-qfc", command.join(" "), join(folder, "console")], {
    stdio: "ignore",
    detached: true,
  });
  terminal.unref();
  const nspawn = await until("systemd-nspawn runs", async () => child(terminal.pid));
  writeFileSync(join(folder, "nspawn"), String(nspawn));
  let leader = 0;
  await until("the machine is up", async () => {
    // Its first child lives for a moment only: the next one is the init.
    leader = child(nspawn) ?? 0;
    const words = [...entering(leader), "systemctl", "is-system-running"];
    const { out } = await execute("nsenter", words, { mayFail: true });
    return /^(running|degraded)$/m.test(out);
  }).catch((error: unknown) => {
    const console = readFileSync(join(folder, "console"), "utf8");
    throw new Error(`the machine does not come up:\n${console.slice(-3000)}`, { cause: error });
  });
  return leader;
}

function child(pid: number | undefined): number | undefined {
  const path = `/proc/${pid}/task/${pid}/children`;
  const [first = ""] = existsSync(path) ? readFileSync(path, "utf8").trim().split(" ") : [];
  return first === "" ? undefined : Number(first);
}

async function until<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
  for (let attempt = 0; attempt < 900; attempt += 1) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await setTimeout(100);
  }
  throw new Error(`waited 90 s in vain until ${what}`);
}
