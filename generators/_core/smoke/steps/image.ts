import { setTimeout } from "node:timers/promises";
import { readFileLimits } from "../read-server.ts";
import { createPost, readThread } from "../server-calls.ts";
import { readFile, uploadImage } from "../server-files.ts";
import type { Site } from "../site/site-client.ts";
import { isPicture, makeTestImage } from "../test-image.ts";
import { ownTrouble, SiteTrouble } from "../trouble.ts";
import type { Beginning } from "./first-account.ts";
import type { Visit } from "./visit.ts";

/**
 * The third part of the test.
 *
 * @throws SiteTrouble when the site does not play along, or gives back something else.
 */
export async function imageReply(
  { site }: Visit,
  { first: { token }, channelId, rootId }: Beginning,
): Promise<void> {
  const image = makeTestImage();
  await checkLimits(site, token, image);
  const fileId = await uploadImage(site, token, channelId, image);
  const message = "Basic test: a reply with an image";
  const postId = await createPost(site, token, { channelId, rootId, message, fileIds: [fileId] });
  const address = `GET ${site.address.base}/api/v4`;
  if (!(await readThread(site, token, rootId)).includes(postId)) {
    const sent = `${address}/posts/${rootId}/thread`;
    throw ownTrouble("thread-is-incomplete", { sent, received: "200 without the reply" });
  }
  const back = await readFile(site, token, fileId);
  if (!back.equals(image)) {
    const received = `200 with ${back.length} bytes that are not the ${image.length} that were sent`;
    throw ownTrouble("image-differs", { sent: `${address}/files/${fileId}`, received });
  }
  const path = `${fileId}/thumbnail`;
  const thumbnail = await patiently(() => readFile(site, token, path));
  if (!isPicture(thumbnail)) {
    const received = `200 with ${thumbnail.length} bytes that are no picture`;
    throw ownTrouble("thumbnail-is-no-image", { sent: `${address}/files/${path}`, received });
  }
}

/**
 * Asks before it uploads: a server that refuses a file at its beginning closes the connection, of
 * which proxies make a 502 that says nothing.
 */
async function checkLimits(site: Site, token: string, image: Buffer): Promise<void> {
  const { isAllowed, largest, sent } = await readFileLimits(site, token);
  const trouble = { kind: "request", sent, status: 200, isFromServer: true } as const;
  if (!isAllowed) {
    const code = "api.file.attachments.disabled.app_error";
    throw new SiteTrouble({ ...trouble, received: "EnableFileAttachments is false", code });
  }
  if (image.length > largest) {
    const received = `MaxFileSize is ${largest}, and the image has ${image.length} bytes`;
    const code = "api.file.upload_file.too_large_detailed.app_error";
    throw new SiteTrouble({ ...trouble, received, code });
  }
}

/** Servers may make thumbnails a little later. */
async function patiently<T>(read: () => Promise<T>): Promise<T> {
  for (let round = 0; round < 5; round += 1) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof SiteTrouble) || error.trouble.status !== 404) throw error;
      await setTimeout(500);
    }
  }
  return read();
}
