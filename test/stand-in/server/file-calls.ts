import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { ApiError } from "./api-error.ts";
import { requireChannel } from "./channel-access.ts";
import type { Row } from "./database.ts";
import { getObject, putObject } from "./object-store.ts";
import type { Answer, Call, Endpoint } from "./site.ts";
import type { Configuration } from "./configuration.ts";
import { newId } from "./new-id.ts";

/** A file that came with a request. */
interface Upload {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** The calls about files. */
export const fileCalls: readonly Endpoint[] = [
  {
    // mattermost.md section 8, number 9; observed, where disabled attachments are a 403 (the
    // 501 of that section is of older versions).
    method: "POST",
    path: "/files",
    answer: async (call) => {
      const { site } = call;
      const { EnableFileAttachments, MaxFileSize } = site.configuration.settings.FileSettings;
      if (!EnableFileAttachments)
        throw new ApiError(
          403,
          "api.file.attachments.disabled.app_error",
          "File attachments have been disabled on this server.",
        );
      const { channel, uploads } = await uploadsOf(call);
      await requireChannel(site, channel, call);
      if (uploads.some(({ bytes }) => bytes.length > MaxFileSize))
        throw new ApiError(
          413,
          "api.file.upload_file.too_large_detailed.app_error",
          "Unable to upload file. File is too large.",
        );
      const rows = await Promise.all(uploads.map((upload) => store(call, channel, upload)));
      return { status: 201, body: { file_infos: rows.map(presentedFile), client_ids: [] } };
    },
  },
  {
    // Observed.
    method: "GET",
    path: "/files/:file/info",
    answer: async (call) => ({ body: presentedFile(await fileOf(call)) }),
  },
  {
    // Observed.
    method: "GET",
    path: "/files/:file",
    answer: async (call) => contents(call, await fileOf(call), undefined),
  },
  ...(["thumbnail", "preview"] as const).map(
    // Observed: "image/jpeg" even when it is a PNG. The real one makes the picture smaller,
    // the stand-in does not.
    (kind): Endpoint => ({
      method: "GET",
      path: `/files/:file/${kind}`,
      answer: async (call) => {
        const file = await fileOf(call);
        if (!String(file["mimetype"]).startsWith("image/"))
          throw new ApiError(
            400,
            `api.file.get_file_${kind}.no_${kind}.app_error`,
            `File doesn't have a ${kind} image.`,
          );
        return contents(call, file, "image/jpeg");
      },
    }),
  ),
];

/** A file as the API presents it. */
export function presentedFile(file: Row): Readonly<Record<string, unknown>> {
  const isImage = String(file["mimetype"]).startsWith("image/");
  return {
    id: file["id"],
    user_id: file["creatorid"],
    ...(file["postid"] === "" ? {} : { post_id: file["postid"] }),
    channel_id: file["channelid"],
    create_at: Number(file["createat"]),
    update_at: Number(file["updateat"]),
    delete_at: Number(file["deleteat"]),
    name: file["name"],
    extension: file["extension"],
    size: Number(file["size"]),
    mime_type: file["mimetype"],
    ...(isImage ? { width: file["width"], height: file["height"], has_preview_image: true } : {}),
    mini_preview: null,
    remote_id: "",
    archived: false,
  };
}

const unreadable = () =>
  new ApiError(
    400,
    "api.file.upload_file.read_request.app_error",
    "Unable to upload file(s). Error reading or parsing request data.",
  );

// A form with channel_id and files, or the bytes alone with both names in the query.
async function uploadsOf(
  call: Call,
): Promise<{ readonly channel: string; readonly uploads: readonly Upload[] }> {
  const bytes = await call.body();
  if (bytes.length === 0) throw unreadable();
  const type = call.headers["content-type"] ?? "";
  if (!type.startsWith("multipart/form-data")) {
    const name = basename(call.query.get("filename") ?? "");
    return { channel: call.query.get("channel_id") ?? "", uploads: [{ name, type: "", bytes }] };
  }
  const form = await new Response(new Uint8Array(bytes), { headers: { "Content-Type": type } })
    .formData()
    .catch(() => {
      throw unreadable();
    });
  const files = form.getAll("files").filter((part) => typeof part !== "string");
  const channel = form.get("channel_id");
  return {
    channel: typeof channel === "string" ? channel : (call.query.get("channel_id") ?? ""),
    uploads: await Promise.all(
      files.map(async (file) => ({
        name: basename(file.name),
        type: file.type,
        bytes: Buffer.from(await file.arrayBuffer()),
      })),
    ),
  };
}

// The real server goes by the name of the file.
const types: Readonly<Record<string, string>> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".txt": "text/plain; charset=utf-8",
};

// The path is that of the real server, so that a backup of the folder is one of the real kind.
async function store(call: Call, channel: string, { name, bytes }: Upload): Promise<Row> {
  const { configuration, database } = call.site;
  const [id, now] = [newId(), Date.now()];
  const day = new Date(now).toISOString().slice(0, 10).replaceAll("-", "");
  const user = String(call.user["id"]);
  const path = join(day, "teams/noteam/channels", channel, "users", user, id, name);
  await keep(configuration, path, bytes);
  const extension = extname(name).toLowerCase();
  const type = types[extension] ?? "application/octet-stream";
  const isPng = bytes.subarray(1, 4).toString("latin1") === "PNG" && bytes.length >= 24;
  const [width, height] = isPng ? [bytes.readUInt32BE(16), bytes.readUInt32BE(20)] : [0, 0];
  const stored = await database.row(
    `INSERT INTO fileinfo (id, creatorid, postid, channelid, createat, updateat, path, name,
        extension, size, mimetype, width, height)
      VALUES ($1, $2, '', $3, $4, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING *`,
    [id, user, channel, now, path, name, extension.slice(1), bytes.length, type, width, height],
  );
  return stored ?? {};
}

async function keep(configuration: Configuration, path: string, bytes: Buffer): Promise<void> {
  const { FileSettings } = configuration.settings;
  if (FileSettings.DriverName === "amazons3") {
    await putObject(FileSettings, path, bytes);
    return;
  }
  const target = join(configuration.folder(FileSettings.Directory), path);
  await mkdir(dirname(target), { recursive: true, mode: 0o750 });
  await writeFile(target, bytes, { mode: 0o600 });
}

async function read(configuration: Configuration, path: string): Promise<Buffer> {
  const { FileSettings } = configuration.settings;
  if (FileSettings.DriverName === "amazons3") return getObject(FileSettings, path);
  return readFile(join(configuration.folder(FileSettings.Directory), path));
}

const noFile = () =>
  new ApiError(404, "api.file.get_file_info.app_error", "Failed to get file info.");

async function fileOf(call: Call): Promise<Row> {
  const file = await call.site.database.row("SELECT * FROM fileinfo WHERE id = $1", [
    call.params["file"],
  ]);
  if (file === undefined) throw noFile();
  if (file["creatorid"] !== call.user["id"])
    await requireChannel(call.site, String(file["channelid"]), call);
  return file;
}

async function contents(call: Call, file: Row, type: string | undefined): Promise<Answer> {
  const body = await read(call.site.configuration, String(file["path"])).catch(() => {
    throw noFile();
  });
  const name = encodeURIComponent(String(file["name"]));
  return {
    headers: {
      "Content-Type": type ?? String(file["mimetype"]),
      "Content-Disposition": `inline;filename="${name}"; filename*=UTF-8''${name}`,
    },
    body,
  };
}
