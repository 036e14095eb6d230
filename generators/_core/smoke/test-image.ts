import { deflateSync } from "node:zlib";

const width = 640;
const height = 600;

/**
 * Makes the picture of the basic test: a PNG of noise, a little over 1 MiB. A smaller one would pass
 * an nginx whose limit for a body is still at its default, through which no photograph gets.
 */
export function makeTestImage(): Buffer {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  return Buffer.concat([
    Buffer.from("\u0089PNG\r\n\u001A\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(noise(), { level: 1 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** Whether bytes begin like a picture that a server may make as a thumbnail. */
export function isPicture(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 12).toString("latin1");
  return /^(\u0089PNG\r\n|\u00FF\u00D8\u00FF|GIF8|RIFF....WEBP)/s.test(start);
}

/** Rows of RGB, each behind the byte that says “unfiltered”. */
function noise(): Buffer {
  const row = 1 + width * 3;
  const bytes = Buffer.alloc(row * height);
  let state = 0x2545f491;
  for (let at = 0; at < bytes.length; at += 1) {
    // xorshift: the same picture each time, and nothing that a compression could shorten.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = at % row === 0 ? 0 : state & 0xff;
  }
  return bytes;
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(data.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}

/** Node has its own only from 22.2 on. */
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
