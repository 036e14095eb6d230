import { spawn } from "node:child_process";
import { openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Engine } from "./engine.ts";
import { guardedFolder } from "./guarded-folder.ts";
import { programPath, requirePrograms } from "./requirements.ts";

/** A registry that an engine can reach and that starts empty: a mirror, say. */
export interface Registry {
  /** What stands before the name of an image in it. */
  readonly prefix: string;
  /** Puts an image of the engine into it under the same name; returns its digest. */
  push(image: string): Promise<string>;
  remove(): Promise<void>;
}

/** Starts Debian's registry on loopback of the engine's network, where engines need no TLS. */
export async function startRegistry(engine: Engine): Promise<Registry> {
  requirePrograms("a registry", ["docker-registry", "nsenter"]);
  const folder = await guardedFolder("registry");
  const configuration = join(folder.path, "registry.yml");
  writeFileSync(
    configuration,
    `version: 0.1
storage: { filesystem: { rootdirectory: ${join(folder.path, "data")} } }
http: { addr: 127.0.0.1:5000 }
`,
  );
  const log = openSync(join(folder.path, "log"), "a");
  const words = [`--net=/run/netns/${engine.network}`, "docker-registry", "serve", configuration];
  const server = spawn("nsenter", words, {
    stdio: ["ignore", log, log],
    env: { ...process.env, PATH: programPath },
  });
  folder.undoWith(`end ${server.pid}; wait_for ${server.pid}`);
  const prefix = "127.0.0.1:5000/mirror";
  return {
    prefix,
    async push(image) {
      const target = `${prefix}/${image}`;
      await engine.docker(["tag", image, target]);
      const { out } = await pushed(engine, target);
      await engine.docker(["rmi", target]);
      return /digest: (sha256:\w+)/.exec(out)?.[1] ?? "";
    },
    remove: () => folder.remove(),
  };
}

// It may still be starting.
async function pushed(engine: Engine, target: string) {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const result = await engine.docker(["push", target], { mayFail: true });
    if (result.code === 0) return result;
    await setTimeout(200);
  }
  return engine.docker(["push", target]);
}
