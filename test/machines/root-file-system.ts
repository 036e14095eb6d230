import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "./cache-folder.ts";
import { execute } from "./execute.ts";
import { requirePrograms } from "./requirements.ts";

/** What a Debian root file system is made of. */
export interface RootFileSystem {
  readonly name: string;
  /** The Debian release; 12 unless given. */
  readonly suite?: "trixie";
  /** Packages that are installed. */
  readonly packages: readonly string[];
  /** Packages that lie in apt's cache, so that installing them takes no network. */
  readonly downloaded: readonly string[];
}

/** A machine fresh from its installer, with what an emitted project installs at hand. */
export const bareMachine: RootFileSystem = {
  name: "machine",
  packages: ["systemd", "systemd-sysv", "dbus", "ca-certificates", "iproute2", "procps"],
  downloaded: ["curl", "gnupg", "openssl", "rsync", "nginx", "postgresql", "logrotate"],
};

/** What the images that emitted projects name are made of. */
export const imageContents: RootFileSystem = {
  name: "images",
  packages: ["ca-certificates", "postgresql", "nginx", "caddy", "wget", "libcap2-bin"],
  downloaded: [],
};

/** What the image of the next major version of PostgreSQL is made of: Debian 13, with 17. */
export const nextPostgres: RootFileSystem = {
  name: "next-postgres",
  suite: "trixie",
  packages: ["ca-certificates", "postgresql", "logrotate"],
  downloaded: [],
};

/** Makes a root file system, the first time in about 40 s; returns the path of its tar file. */
export async function rootFileSystem(wanted: RootFileSystem): Promise<string> {
  requirePrograms("a root file system", ["mmdebstrap", "tar"]);
  const folder = join(cacheFolder, "root-file-systems");
  const hash = createHash("sha256").update(JSON.stringify(wanted)).digest("hex").slice(0, 12);
  const target = join(folder, `${wanted.name}-${hash}.tar`);
  if (existsSync(target)) return target;
  mkdirSync(folder, { recursive: true });
  const partial = join(folder, `${wanted.name}-${process.pid}.partial.tar`);
  const download = [
    'chroot "$1" apt-get -q -y --no-install-recommends --download-only',
    `-o APT::Keep-Downloaded-Packages=true install ${wanted.downloaded.join(" ")}`,
  ];
  const keep = [
    "--skip=cleanup/apt/lists,cleanup/apt/cache",
    `--customize-hook=${download.join(" ")}`,
  ];
  try {
    await execute("mmdebstrap", [
      "--mode=root",
      "--variant=minbase",
      `--include=${wanted.packages.join(",")}`,
      ...(wanted.downloaded.length > 0 ? keep : []),
      wanted.suite ?? "bookworm",
      partial,
    ]);
    renameSync(partial, target);
  } finally {
    rmSync(partial, { force: true });
  }
  return target;
}
