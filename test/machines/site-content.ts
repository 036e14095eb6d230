import { createHash, randomBytes } from "node:crypto";
import { callApi } from "../stand-in/api-client.ts";
import type { Machine } from "./machine.ts";

/** What people made on a site, and where to find it again. */
export interface SiteContent {
  readonly token: string;
  readonly channel: string;
  readonly post: string;
  readonly file: string;
}

/** Makes a team with a post and an uploaded file, changes a setting, and puts a plugin in place. */
export async function fillSite(
  site: string,
  token: string,
  machine: Machine,
): Promise<SiteContent> {
  const team = { name: "keepers", display_name: "Keepers", type: "O" };
  const { json: made } = await callApi(site, "POST /teams", { token, body: team });
  const line = `GET /teams/${String(made["id"])}/channels/name/town-square`;
  const channel = String((await callApi(site, line, { token })).json["id"]);
  const form = new FormData();
  form.append("channel_id", channel);
  form.append("files", new Blob([randomBytes(300_000)]), "old.bin");
  const upload = await callApi(site, "POST /files", { token, body: form });
  const file = /"id":"(\w{26})"/.exec(upload.bytes.toString())?.[1] ?? "";
  const post = await writePost(site, { token, channel }, "an old post", [file]);
  const body = { TeamSettings: { SiteName: "Kept" } };
  await callApi(site, "PUT /config/patch", { token, body });
  await machine.exec(`cd /var/lib/mattermost/plugins && mkdir com.example.kept &&
    echo '{"id":"com.example.kept"}' >com.example.kept/plugin.json &&
    chown -R mattermost:mattermost com.example.kept`);
  return { token, channel, post, file };
}

/** Writes a post and returns its id. */
export async function writePost(
  site: string,
  by: { readonly token: string; readonly channel: string },
  message: string,
  files: readonly string[] = [],
): Promise<string> {
  const body = { channel_id: by.channel, message, file_ids: files };
  const { status, json, bytes } = await callApi(site, "POST /posts", { token: by.token, body });
  if (status !== 201) throw new Error(`the post was not taken: ${bytes.toString()}`);
  return String(json["id"]);
}

/** Reads all of it back, the file as its digest and its length in bytes. */
export async function readSite(site: string, content: SiteContent, machine: Machine) {
  const { token, post, file } = content;
  const found = await callApi(site, `GET /posts/${post}`, { token });
  const { bytes } = await callApi(site, `GET /files/${file}`, { token });
  const client = await callApi(site, "GET /config/client?format=old");
  const plugin = await machine.exec(
    "cat /var/lib/mattermost/plugins/com.example.kept/plugin.json",
    {
      mayFail: true,
    },
  );
  return {
    message: found.json["message"],
    file: createHash("sha256").update(bytes).digest("hex"),
    length: bytes.length,
    siteName: client.json["SiteName"],
    plugin: plugin.out.trim(),
  };
}

/** The version that answers at a site. */
export async function versionOf(site: string): Promise<string> {
  const { headers } = await callApi(site, "GET /system/ping");
  return /^\d+\.\d+\.\d+/.exec(headers.get("x-version-id") ?? "")?.[0] ?? "none";
}
