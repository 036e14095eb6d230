import { once } from "node:events";
import { createReadStream, mkdtempSync, realpathSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execute } from "../machines/execute.ts";
import { archiveName, packArchive } from "./archive.ts";
import type { Release } from "./server/release.ts";

/** A server in the layout of releases.mattermost.com, with signed archives of the stand-in. */
export interface ReleaseMirror {
  /** Without a slash at the end. */
  readonly url: string;
  /** The public key that the archives are signed with. */
  readonly keyUrl: string;
  /** 40 digits of 0-9 and A-F. */
  readonly fingerprint: string;
  /** The lines that settings.conf of an emitted Linux project takes for it. */
  readonly settings: string;
  /** Serves the archive of a version damaged from now on, or whole again. */
  damage(release: Release, how: Damage | "not at all"): void;
  close(): Promise<void>;
}

/**
 * What can be wrong with an archive: the signature of another one beside it, only half of it there, or
 * a connection that always breaks in the middle.
 */
export type Damage = "wrong signature" | "half of it" | "broken connection";

/** Packs and signs archives with a key made for this, and serves them at an address of this machine. */
export async function startReleaseMirror(
  releases: readonly Release[],
  host = "127.0.0.1",
): Promise<ReleaseMirror> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "mattermost-mirror-"));
  const gpg = async (...words: string[]) =>
    (await execute("gpg", ["--homedir", folder, "--batch", "--quiet", ...words])).out;
  const identity = "stand-in@example.org";
  await gpg("--passphrase", "", "--quick-generate-key", identity, "ed25519", "sign", "never");
  const keys = await gpg("--with-colons", "--list-keys");
  const fingerprint = /^fpr:+([0-9A-F]{40}):/m.exec(keys)?.[1] ?? "";
  await gpg("--output", join(folder, "pubkey.gpg"), "--export", identity);
  const files = new Map([["/pubkey.gpg", join(folder, "pubkey.gpg")]]);
  for (const release of releases) {
    const archive = await packArchive(release);
    const signature = join(folder, `${archiveName(release)}.sig`);
    await gpg("--output", signature, "--detach-sign", archive);
    const path = `/${release.version}/${archiveName(release)}`;
    files.set(path, archive).set(`${path}.sig`, signature);
  }
  await execute("gpgconf", ["--homedir", folder, "--kill", "all"]);
  const damaged = new Map<string, Damage>();
  const { url, close } = await serve(files, damaged, host);
  return {
    url,
    keyUrl: `${url}/pubkey.gpg`,
    fingerprint,
    settings: `MIRROR=${url}\nSIGNING_KEY=${url}/pubkey.gpg\nSIGNING_KEY_FINGERPRINT=${fingerprint}\n`,
    damage(release, how) {
      const path = `/${release.version}/${archiveName(release)}`;
      if (how === "not at all") damaged.delete(path);
      else damaged.set(path, how);
    },
    async close() {
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function serve(
  files: ReadonlyMap<string, string>,
  damaged: ReadonlyMap<string, Damage>,
  host: string,
) {
  const anotherSignature = (path: string) =>
    [...files].find(([other]) => other.endsWith(".sig") && other !== path)?.[1];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    const isMisplaced = damaged.get(path.replace(/\.sig$/, "")) === "wrong signature";
    const file = path.endsWith(".sig") && isMisplaced ? anotherSignature(path) : files.get(path);
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    const { size } = statSync(file);
    const damage = damaged.get(path);
    const end = damage === "half of it" || damage === "broken connection" ? size >> 1 : size;
    response.writeHead(200, { "Content-Length": damage === "half of it" ? end : size });
    if (request.method === "HEAD") response.end();
    else
      createReadStream(file, { end: end - 1 })
        .on("end", () => damage === "broken connection" && response.destroy())
        .pipe(response, { end: damage !== "broken connection" });
  });
  server.listen(0, host);
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return {
    url: `http://${host}:${address.port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
