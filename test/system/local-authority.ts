import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execute } from "../machines/execute.ts";

/** A certificate authority of a test. */
export interface LocalAuthority {
  /** Its own certificate, in PEM. */
  readonly certificate: string;
  /** Writes fullchain.pem and privkey.pem for a host into a folder; only their owner may read them. */
  issue(host: string, folder: string): Promise<void>;
}

/** Makes an authority in a folder. */
export async function makeAuthority(folder: string): Promise<LocalAuthority> {
  mkdirSync(folder, { recursive: true });
  const openssl = (line: string) => execute("openssl", line.split(" "), { cwd: folder });
  await openssl(
    "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=test -keyout ca.key -out ca.pem",
  );
  return {
    certificate: readFileSync(join(folder, "ca.pem"), "utf8"),
    async issue(host, target) {
      const key = join(target, "privkey.pem");
      const chain = join(target, "fullchain.pem");
      writeFileSync(join(folder, "extensions"), `subjectAltName=DNS:${host}\n`);
      await openssl(
        `req -new -newkey rsa:2048 -nodes -subj /CN=${host} -keyout ${key} -out request`,
      );
      await openssl(
        `x509 -req -days 2 -in request -extfile extensions -CA ca.pem -CAkey ca.key -CAcreateserial -out ${chain}`,
      );
      await execute("chmod", ["600", key, chain]);
    },
  };
}
