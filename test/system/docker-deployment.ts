import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { vi } from "vitest";
import type { Engine } from "../machines/engine.ts";
import { execute, type Executed } from "../machines/execute.ts";
import { emit } from "../projects.ts";
import {
  callSite,
  leaveKeepsake,
  signInto,
  type Keepsake,
  type SiteAddress,
} from "./docker-site.ts";
import { checkout } from "./tools.ts";

/** An emitted Compose project in a folder, on an engine. */
export interface Deployment {
  readonly folder: string;
  /** Its site; the authority becomes known with `trust`. */
  readonly site: SiteAddress;
  /** Runs a line of bash in the folder, whatever its exit code; `out` has standard error too. */
  run(line: string, environment?: Readonly<Record<string, string>>): Promise<Executed>;
  /** Runs a line that has to succeed and returns what it printed. */
  succeed(line: string): Promise<string>;
  /** From now on the site's certificate is one of this authority, in PEM. */
  trust(ca: string): void;
  /** The same with Caddy's own authority; waits for the certificate, which comes after the start. */
  trustProxy(): Promise<void>;
  /** Signs in as the first administrator. */
  signIn(): Promise<string>;
  /** Leaves a post with a file, by the first administrator. */
  leaveKeepsake(name: string): Promise<Keepsake>;
  /** Runs the program's basic test through the proxy. */
  smoke(): Promise<Executed>;
  /** Removes containers, volumes and folder. */
  remove(): Promise<void>;
}

/** Writes the project of some answers into a folder of a name, for a site at the engine. */
export async function deploy(
  engine: Engine,
  { url, ...answers }: { readonly url: string } & Readonly<Record<string, unknown>>,
): Promise<Deployment> {
  const parent = mkdtempSync(join(realpathSync(tmpdir()), "mattermost-deployment-docker-"));
  const folder = join(parent, "chat");
  await writeProject(folder, answers);
  let site: SiteAddress = { url, address: engine.address };
  const run: Deployment["run"] = (line, environment = {}) =>
    execute("bash", ["-c", `exec 2>&1; ${line}`], {
      cwd: folder,
      env: { ...engine.environment, ...environment },
      mayFail: true,
    });
  const succeed = async (line: string) => {
    const { code, out } = await run(line);
    if (code !== 0) throw new Error(`${line} ended with ${code}\n${out}`);
    return out;
  };
  const signIn = () =>
    signInto(site, "admin", readFileSync(join(folder, "secrets/admin_password"), "utf8").trim());
  return {
    folder,
    get site() {
      return site;
    },
    run,
    succeed,
    signIn,
    trust(ca) {
      site = { ...site, ca };
    },
    async trustProxy() {
      const root = "/data/caddy/pki/authorities/local/root.crt";
      site = { ...site, ca: await succeed(`docker compose exec -T proxy cat ${root}`) };
      await vi.waitFor(() => callSite(site, "GET /system/ping"), { timeout: 60_000 });
    },
    leaveKeepsake: async (name) => leaveKeepsake(site, await signIn(), name),
    smoke: async () => smoke(parent, site, await signIn()),
    async remove() {
      await run("docker compose --profile '*' down --volumes --remove-orphans");
      rmSync(parent, { recursive: true });
    },
  };
}

/** Writes the files of an emitted Compose project as the command would. */
export async function writeProject(
  folder: string,
  answers: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { rendered } = await emit({ platform: "docker", tier: "certified", ...answers });
  for (const { path, text, isExecutable } of rendered) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    chmodSync(join(folder, path), isExecutable ? 0o755 : 0o644);
  }
}

// The name of the site leads to the engine only in a mount namespace with a hosts file of its own.
async function smoke(folder: string, { url, address, ca }: SiteAddress, token: string) {
  const hosts = join(folder, "hosts");
  const authority = join(folder, "ca.pem");
  writeFileSync(hosts, `127.0.0.1 localhost\n${address} ${new URL(url).hostname}\n`);
  writeFileSync(authority, ca ?? "");
  const trusted = ca === undefined ? [] : ["--ca", authority];
  const command = [process.execPath, join(checkout, "dist/command.js"), "smoke", url, ...trusted];
  const script = 'mount --bind "$1" /etc/hosts && shift && exec "$@"';
  const words = ["--mount", "bash", "-c", script, "smoke", hosts, ...command];
  const env = { ...process.env, MATTERMOST_SMOKE_TOKEN: token };
  return execute("unshare", words, { env, mayFail: true });
}
