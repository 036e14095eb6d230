import { fieldsOf, parseAnswer, requireSuccess, textField } from "./site/site-answer.ts";
import type { Site } from "./site/site-client.ts";

/** Uploads a PNG to a channel as browsers do, and returns its id. */
export async function uploadImage(
  site: Site,
  token: string,
  channelId: string,
  image: Buffer,
): Promise<string> {
  const boundary = "----basic-test-of-a-deployment";
  const field = `--${boundary}\r\nContent-Disposition: form-data; name=`;
  // The server needs the channel before it meets the file.
  const body = Buffer.concat([
    Buffer.from(`${field}"channel_id"\r\n\r\n${channelId}\r\n`),
    Buffer.from(`${field}"files"; filename="basic-test.png"\r\nContent-Type: image/png\r\n\r\n`),
    image,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const contentType = `multipart/form-data; boundary=${boundary}`;
  const path = "/api/v4/files";
  const answer = await site.request({ method: "POST", path, token, contentType, body });
  const infos = fieldsOf(parseAnswer(answer))["file_infos"];
  return textField(Array.isArray(infos) ? infos[0] : undefined, "id", answer.sent);
}

/**
 * Reads a file, or its thumbnail.
 *
 * @param path The id of the file, with `/thumbnail` behind it for that.
 */
export async function readFile(site: Site, token: string, path: string): Promise<Buffer> {
  const request = { method: "GET", path: `/api/v4/files/${path}`, token } as const;
  return requireSuccess(await site.request(request)).body;
}
