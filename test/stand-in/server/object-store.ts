import { createHash, createHmac } from "node:crypto";
import type { Settings } from "./configuration.ts";

/** Where a server keeps files that do not lie in its folder: a bucket, by the API of S3. */
type Bucket = Settings["FileSettings"];

/** Keeps a file under a path. @throws Error when the bucket does not take it. */
export async function putObject(bucket: Bucket, path: string, bytes: Buffer): Promise<void> {
  await request(bucket, "PUT", path, bytes);
}

/** Reads a file back. @throws Error when it is not there. */
export async function getObject(bucket: Bucket, path: string): Promise<Buffer> {
  return Buffer.from(await (await request(bucket, "GET", path)).arrayBuffer());
}

// The real server's client does the same: the bucket in the path, unless the endpoint is Amazon's own.
async function request(bucket: Bucket, method: string, path: string, bytes?: Buffer) {
  const scheme = bucket.AmazonS3SSL ? "https" : "http";
  const key = `/${bucket.AmazonS3Bucket}/${bucket.AmazonS3PathPrefix}${path}`;
  const url = new URL(`${scheme}://${bucket.AmazonS3Endpoint}${key}`);
  const headers = signedHeaders(bucket, method, url, bytes ?? Buffer.alloc(0), new Date());
  const body = bytes === undefined ? null : new Uint8Array(bytes);
  const response = await fetch(url, { method, headers, body });
  if (!response.ok) throw new Error(`the bucket answers ${response.status}`);
  return response;
}

/** Signs a request as Signature Version 4 wants it, over the host, the time and the contents. */
export function signedHeaders(
  bucket: Pick<Bucket, "AmazonS3Region" | "AmazonS3AccessKeyId" | "AmazonS3SecretAccessKey">,
  method: string,
  url: URL,
  bytes: Buffer,
  now: Date,
): Readonly<Record<string, string>> {
  const time = now.toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const digest = sha256(bytes);
  const scope = `${time.slice(0, 8)}/${bucket.AmazonS3Region}/s3/aws4_request`;
  const names = "host;x-amz-content-sha256;x-amz-date";
  const lines = [`host:${url.host}`, `x-amz-content-sha256:${digest}`, `x-amz-date:${time}`];
  const canonical = [method, url.pathname, "", ...lines, "", names, digest].join("\n");
  const text = ["AWS4-HMAC-SHA256", time, scope, sha256(canonical)].join("\n");
  const key = scope
    .split("/")
    .reduce<string | Buffer>(
      (secret, part) => hmac(secret, part).digest(),
      `AWS4${bucket.AmazonS3SecretAccessKey}`,
    );
  const credential = `Credential=${bucket.AmazonS3AccessKeyId}/${scope}`;
  const signature = `Signature=${hmac(key, text).digest("hex")}`;
  return {
    "x-amz-content-sha256": digest,
    "x-amz-date": time,
    authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${names}, ${signature}`,
  };
}

const sha256 = (text: string | Buffer) => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text);
