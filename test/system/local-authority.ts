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
  const [key, certificate] = [join(folder, "ca.key"), join(folder, "ca.pem")];
  const fresh = ["-newkey", "rsa:2048", "-nodes", "-days", "2"];
  await execute("openssl", [
    ...["req", "-x509", ...fresh, "-subj", "/CN=Authority of a test"],
    ...["-keyout", key, "-out", certificate],
  ]);
  return {
    certificate: readFileSync(certificate, "utf8"),
    async issue(host, target) {
      const [request, extensions] = [join(folder, "request"), join(folder, "extensions")];
      writeFileSync(extensions, `subjectAltName=DNS:${host}\n`);
      await execute("openssl", [
        ...["req", "-new", "-newkey", "rsa:2048", "-nodes", "-subj", `/CN=${host}`],
        ...["-keyout", join(target, "privkey.pem"), "-out", request],
      ]);
      await execute("openssl", [
        ...["x509", "-req", "-days", "2", "-in", request, "-extfile", extensions],
        ...["-CA", certificate, "-CAkey", key, "-CAcreateserial"],
        ...["-out", join(target, "fullchain.pem")],
      ]);
      await execute("chmod", ["600", join(target, "privkey.pem"), join(target, "fullchain.pem")]);
    },
  };
}
