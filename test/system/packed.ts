import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkout, ordinaryUser, succeed } from "./tools.ts";

/** The packed package, installed beside `yo` by an ordinary user in a folder of its own. */
export interface Installation {
  /** The folder; it belongs to the ordinary user. */
  readonly folder: string;
  /** The package's own command, a Node program. */
  readonly command: string;
  /** `yo`, a Node program. */
  readonly yo: string;
  /** What the ordinary user's processes see. */
  readonly environment: NodeJS.ProcessEnv;
  remove(): void;
}

/**
 * Packs the package and installs it as a user of it does.
 *
 * @param pack Makes the tarball in a folder and returns its path; this checkout's, left out.
 */
export function installPacked(pack = packed): Installation {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "packed-"));
  chownSync(folder, ordinaryUser.uid, ordinaryUser.gid);
  chmodSync(folder, 0o755);
  const environment = {
    PATH: process.env["PATH"],
    HOME: join(folder, "home"),
    NODE_PATH: join(folder, "node_modules"),
    NO_UPDATE_NOTIFIER: "1",
    TERM: "xterm-256color",
    LANG: "C.UTF-8",
  };
  mkdirSync(environment.HOME);
  chownSync(environment.HOME, ordinaryUser.uid, ordinaryUser.gid);
  writeFileSync(join(folder, "package.json"), "{}\n");
  chownSync(join(folder, "package.json"), ordinaryUser.uid, ordinaryUser.gid);
  const inherited = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
  const env = { ...Object.fromEntries(inherited), ...environment };
  const install = [
    "install",
    "--loglevel=error",
    "--no-audit",
    "--no-fund",
    pack(folder),
    "yo@7.0.1",
  ];
  succeed("npm", install, { cwd: folder, env, ...ordinaryUser });
  return {
    folder,
    command: join(folder, "node_modules/generator-mattermost-deployment/dist/command.js"),
    yo: join(folder, "node_modules/yo/lib/cli.js"),
    environment,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/**
 * Packs a checkout.
 *
 * @returns The path of the tarball.
 */
export function packed(folder: string, source = checkout): string {
  const words = ["pack", "--silent", "--pack-destination", folder];
  const name = succeed("npm", words, { cwd: source }).trim().split("\n").at(-1) ?? "";
  return join(folder, name);
}
