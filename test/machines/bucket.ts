import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { signedHeaders } from "../stand-in/server/object-store.ts";

/** A bucket that speaks as much of S3's API as a server needs to keep files in it. */
export interface Bucket {
  readonly port: number;
  /** What is in it, by path; the name of the bucket is the first part. */
  readonly objects: ReadonlyMap<string, Buffer>;
  close(): void;
}

/** Who may use a bucket, and in which region it is. */
export interface BucketKeys {
  readonly AmazonS3Region: string;
  readonly AmazonS3AccessKeyId: string;
  readonly AmazonS3SecretAccessKey: string;
}

/** Starts one at an address of this machine; it refuses what is not signed with the keys. */
export async function startBucket(host: string, keys: BucketKeys): Promise<Bucket> {
  const objects = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    buffer(request).then(
      (bytes) => answer(keys, objects, request, bytes, response),
      () => response.destroy(),
    );
  }).listen(0, host);
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return { port: address.port, objects, close: () => void server.close() };
}

function answer(
  keys: BucketKeys,
  objects: Map<string, Buffer>,
  { method = "", url: path = "", headers }: IncomingMessage,
  bytes: Buffer,
  response: ServerResponse,
): void {
  const time = String(headers["x-amz-date"]);
  const date = time.replace(/^(....)(..)(..T..)(..)(..Z)$/, "$1-$2-$3:$4:$5");
  const url = new URL(path, `http://${headers.host ?? ""}`);
  const { authorization } = signedHeaders(keys, method, url, bytes, new Date(date));
  const found = objects.get(path);
  if (headers.authorization !== authorization) response.writeHead(403).end();
  else if (method === "PUT") {
    objects.set(path, bytes);
    response.end();
  } else if (found === undefined) response.writeHead(404).end();
  else response.end(found);
}
