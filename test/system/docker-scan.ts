import type { Engine } from "../machines/engine.ts";
import { execute } from "../machines/execute.ts";

/** What was found out about the containers that run on an engine. */
export interface ContainerScan {
  /** The Compose services, in order. */
  readonly services: readonly string[];
  /** What listens in the engine's network: `tcp 443`. */
  readonly ports: readonly string[];
  /** Processes that run as root. */
  readonly roots: readonly string[];
  /** Places that could be written to and are neither volume nor memory. */
  readonly written: readonly string[];
  /** Containers that lack a limit or have a privilege. */
  readonly faults: readonly string[];
}

interface Inspected {
  readonly Id: string;
  readonly Config: { readonly Labels: Readonly<Record<string, string>> };
  readonly State: { readonly Pid: number };
  readonly HostConfig: {
    readonly ReadonlyRootfs: boolean;
    readonly Privileged: boolean;
    readonly Memory: number;
    readonly CapDrop: readonly string[] | null;
    readonly SecurityOpt: readonly string[] | null;
    readonly LogConfig: { readonly Config: Readonly<Record<string, string>> };
  };
}

/** Looks at the running containers from outside: what they listen on, run as and can write to. */
export async function scanContainers(engine: Engine): Promise<ContainerScan> {
  const ids = (await engine.docker(["ps", "--quiet"])).out.trim().split("\n");
  const { out } = await engine.docker(["inspect", ...ids]);
  const containers: readonly Inspected[] = JSON.parse(out);
  const each = async (look: (container: Inspected) => Promise<readonly string[]>) =>
    (await Promise.all(containers.map(look))).flat();
  return {
    services: containers.map(serviceOf).toSorted(),
    ports: await openPorts(engine),
    roots: await each((container) => rootProcesses(engine, container)),
    written: await each((container) => writablePlaces(engine, container)),
    faults: containers.flatMap(faultsOf),
  };
}

function serviceOf({ Config }: Inspected): string {
  return Config.Labels["com.docker.compose.service"] ?? "no service";
}

async function openPorts(engine: Engine): Promise<readonly string[]> {
  const words = [`--net=/run/netns/${engine.network}`, "ss", "-H", "-l", "-n", "-t", "-u"];
  const { out } = await execute("nsenter", words);
  const found = out
    .trim()
    .split("\n")
    .map((line) => line.split(/\s+/))
    .map(([protocol = "", , , , place = ""]) => `${protocol} ${place.split(":").at(-1) ?? ""}`);
  return [...new Set(found)].toSorted();
}

async function rootProcesses(engine: Engine, container: Inspected): Promise<readonly string[]> {
  const { out } = await engine.docker(["top", container.Id, "-eo", "pid,uid,args"]);
  const lines = out.trim().split("\n").slice(1);
  if (lines.length === 0) throw new Error(`${serviceOf(container)} runs nothing`);
  return lines.filter((line) => /^\s*\d+\s+0\s/.test(line));
}

// From this machine's side, for an image may have no shell: the mounts that the main process sees.
async function writablePlaces(engine: Engine, container: Inspected): Promise<readonly string[]> {
  const { out } = await execute("cat", [`/proc/${container.State.Pid}/mountinfo`]);
  const mounts = out
    .trim()
    .split("\n")
    .map((line) => {
      const [before = "", after = ""] = line.split(" - ");
      const [, , , , place = "", options = ""] = before.split(" ");
      return { place, isWritable: options.split(",").includes("rw"), kind: after.split(" ")[0] };
    });
  const disks = mounts.filter(
    ({ isWritable, kind = "" }) =>
      isWritable &&
      !["tmpfs", "proc", "devpts", "mqueue", "sysfs", "cgroup", "cgroup2"].includes(kind),
  );
  const volumes = await volumePlaces(engine, container);
  return disks
    .filter(({ place }) => !volumes.has(place))
    .map(({ place }) => `${serviceOf(container)} ${place}`);
}

async function volumePlaces(engine: Engine, { Id }: Inspected): Promise<ReadonlySet<string>> {
  const format = '{{range .Mounts}}{{if eq .Type "volume"}}{{.Destination}}{{"\\n"}}{{end}}{{end}}';
  const { out } = await engine.docker(["inspect", Id, "--format", format]);
  // The engine's own files, which only root may change.
  return new Set([...out.trim().split("\n"), "/etc/resolv.conf", "/etc/hostname", "/etc/hosts"]);
}

function faultsOf(container: Inspected): readonly string[] {
  const { HostConfig: host } = container;
  const rules: Readonly<Record<string, boolean>> = {
    "has a root file system that can be written": host.ReadonlyRootfs,
    "is privileged": !host.Privileged,
    "has no limit of memory": host.Memory > 0,
    "keeps capabilities": host.CapDrop?.includes("ALL") === true,
    "can gain privileges": host.SecurityOpt?.includes("no-new-privileges:true") === true,
    "has logs without end": Number(host.LogConfig.Config["max-file"]) > 0,
  };
  return Object.entries(rules)
    .filter(([, isKept]) => !isKept)
    .map(([fault]) => `${serviceOf(container)} ${fault}`);
}
