import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { emit } from "../projects.ts";
import { signIn } from "../stand-in/api-client.ts";
import { startReleaseMirror, type ReleaseMirror } from "../stand-in/release-mirror.ts";
import type { Release } from "../stand-in/server/release.ts";
import type { Executed } from "./execute.ts";
import { bootMachine, type Machine } from "./machine.ts";

/** A machine with an emitted Linux project in /root/project, not installed yet, and its mirror. */
export interface LinuxSite {
  readonly machine: Machine;
  readonly mirror: ReleaseMirror;
  /** What its users type: plain HTTP. */
  readonly url: string;
  /** Writes settings.conf: what the machine needs, with these changes and additions. */
  configure(changes?: Readonly<Record<string, string>>): void;
  /** Runs a command of the project, errors among the rest of its output, whatever its exit code. */
  run(line: string, environment?: string): Promise<Executed>;
  /** Signs the first administrator in and returns the token. */
  signIn(): Promise<string>;
  /** Removes the machine, and the mirror if it came with it. */
  remove(): Promise<void>;
}

/** Boots a machine for an emitted project, with a mirror of its own unless one is given. */
export async function bootLinuxSite(
  source: readonly Release[] | ReleaseMirror,
  answers: Readonly<Record<string, unknown>> = {},
): Promise<LinuxSite> {
  const machine = await bootMachine();
  const isOwn = "length" in source;
  const mirror = isOwn ? await startReleaseMirror(source, machine.host) : source;
  const url = `http://${machine.address}`;
  await copyProject(machine, answers);
  const configure = (changes: Readonly<Record<string, string>> = {}) => {
    const settings = {
      SITE_URL: url,
      TLS: "none",
      ADMIN_EMAIL: "admin@example.org",
      ADMIN_USERNAME: "administrator",
      MIRROR: mirror.url,
      SIGNING_KEY: mirror.keyUrl,
      SIGNING_KEY_FINGERPRINT: mirror.fingerprint,
      ...changes,
    };
    const lines = Object.entries(settings).map(([key, value]) => `${key}=${value}\n`);
    machine.write("/root/project/settings.conf", lines.join(""), 0o600);
  };
  configure();
  return {
    machine,
    mirror,
    url,
    configure,
    run: (line, environment = "") =>
      machine.exec(`${environment} project/bin/${line} 2>&1`, { mayFail: true }),
    async signIn() {
      const { out } = await machine.exec("cat /etc/mattermost/first-administrator");
      return signIn(url, "administrator", /password: (\S+)/.exec(out)?.[1] ?? "");
    },
    async remove() {
      if (isOwn) await mirror.close();
      await machine.remove();
    },
  };
}

/** Puts the emitted project of some answers into /root/project, in place of one that is there. */
export async function copyProject(
  machine: Machine,
  answers: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "emitted-"));
  const project = { platform: "linux", tier: "certified", edition: "team", os: ["debian-12"] };
  const { rendered } = await emit({ ...project, ...answers });
  for (const { path, text, isExecutable } of rendered) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    chmodSync(join(folder, path), isExecutable ? 0o755 : 0o644);
  }
  machine.copy(folder, "/root/project");
  rmSync(folder, { recursive: true });
}
