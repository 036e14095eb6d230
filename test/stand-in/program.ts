import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { build } from "esbuild";
import { cacheFolder } from "../machines/cache-folder.ts";
import { execute } from "../machines/execute.ts";

/**
 * Builds the program of the stand-in into the cache and returns its folder: `launcher`, `node`,
 * `server.mjs` and `lib/`. It runs on machines without Node and in an image without anything.
 *
 * The launcher starts the Node of this machine through its own dynamic loader with its own libraries,
 * and that runs one bundle. A single executable of Node would not do: no Node can send READY=1 to
 * systemd, how one is made differs between Node 20 and 25, and it still needs the libraries.
 */
export async function buildProgram(): Promise<string> {
  const folder = join(cacheFolder, "stand-in", fingerprint());
  if (existsSync(folder)) return folder;
  const partial = `${folder}.${process.pid}`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(join(partial, "lib"), { recursive: true });
  await bundle(join(partial, "server.mjs"));
  const flags = ["-static", "-Os", "-s", "-Wall", "-Werror", "-Wno-format-truncation"];
  await execute("gcc", [...flags, "-o", join(partial, "launcher"), launcher]);
  copyFileSync(process.execPath, join(partial, "node"));
  chmodSync(join(partial, "node"), 0o755);
  await copyLibraries(join(partial, "lib"));
  removeOld(dirname(folder));
  try {
    renameSync(partial, folder);
  } catch (error) {
    // Another run was faster.
    if (!existsSync(folder)) throw error;
    rmSync(partial, { recursive: true });
  }
  return folder;
}

const launcher = join(import.meta.dirname, "launcher.c");
const modules = join(import.meta.dirname, "../../node_modules");
const sources = join(import.meta.dirname, "server");

function fingerprint(): string {
  const hash = createHash("sha256").update(process.version);
  for (const path of [
    launcher,
    import.meta.filename,
    join(import.meta.dirname, "archive.ts"),
    ...["pg", "ws"].map((name) => join(modules, name, "package.json")),
    ...readdirSync(sources).map((name) => join(sources, name)),
  ])
    hash.update(path).update(readFileSync(path));
  return hash.digest("hex").slice(0, 16);
}

// Each is 140 MB; one that is young may be in use.
function removeOld(cache: string): void {
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    if (Date.now() - statSync(path).mtimeMs > 3_600_000) rmSync(path, { recursive: true });
  }
}

async function bundle(target: string): Promise<void> {
  await build({
    entryPoints: [join(sources, "main.ts")],
    outfile: target,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20.17",
    external: ["pg-native", "pg-cloudflare", "bufferutil", "utf-8-validate"],
    // For the packages that are CommonJS.
    banner: {
      js: 'import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);',
    },
    logLevel: "warning",
  });
}

// ldd names the loader and every library with its path: "libc.so.6 => /lib/…/libc.so.6 (0x…)".
async function copyLibraries(folder: string): Promise<void> {
  const { out } = await execute("ldd", [process.execPath]);
  for (const [path] of out.matchAll(/\/\S+/g)) {
    const name = basename(path).startsWith("ld-linux") ? "ld.so" : basename(path);
    copyFileSync(path, join(folder, name));
    chmodSync(join(folder, name), 0o755);
  }
}
