import { request } from "node:https";
import { request as plainRequest } from "node:http";
import { isObject, type Json } from "../stand-in/server/json.ts";
import { password } from "../stand-in/api-client.ts";

/** A site at an address that its name does not lead to. */
export interface SiteAddress {
  /** What people type: scheme, host and perhaps port. */
  readonly url: string;
  /** Where the proxy really listens. */
  readonly address: string;
  /** The authority that its certificate comes from, in PEM. */
  readonly ca?: string;
}

/** An answer of a site. */
export interface SiteResponse {
  readonly status: number;
  readonly version: string;
  readonly token: string;
  readonly json: Json;
  readonly bytes: Buffer;
}

/** Calls the API of a site; rejects when nothing answers or the certificate is not trusted. */
export function callSite(
  { url, address, ca }: SiteAddress,
  line: string,
  { token, body }: { readonly token?: string; readonly body?: unknown } = {},
): Promise<SiteResponse> {
  const [method = "GET", path = ""] = line.split(" ");
  const target = new URL(`${url}/api/v4${path}`);
  const content = body instanceof Buffer ? body : Buffer.from(JSON.stringify(body ?? {}));
  const options = {
    method,
    ...(ca === undefined ? {} : { ca }),
    // Another connection each time: a proxy may have been replaced.
    agent: false as const,
    timeout: 20_000,
    lookup: siteLookup(address),
    headers: {
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...(method === "POST" ? { "Content-Length": content.length } : {}),
    },
  };
  return new Promise((resolve, reject) => {
    const sent = (target.protocol === "https:" ? request : plainRequest)(
      target,
      options,
      (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.on("error", reject);
        answer.on("end", () => {
          const bytes = Buffer.concat(parts);
          const { "x-version-id": id = "", token: given = "" } = answer.headers;
          resolve({
            status: answer.statusCode ?? 0,
            version: /^\d+\.\d+\.\d+/.exec(String(id))?.[0] ?? "",
            token: String(given),
            json: jsonOf(bytes),
            bytes,
          });
        });
      },
    );
    sent.on("timeout", () => sent.destroy(new Error(`${line}: no answer`)));
    sent.on("error", reject);
    sent.end(method === "POST" ? content : undefined);
  });
}

/** Leads every name to an address; the name stays the one in Host and in the certificate. */
export function siteLookup(address: string): Lookup {
  return (_name, { all }, done) =>
    all ? done(null, [{ address, family: 4 }]) : done(null, address, 4);
}

type Lookup = (
  name: string,
  options: { readonly all?: boolean | undefined },
  done: (
    error: null,
    address: string | { address: string; family: number }[],
    family?: number,
  ) => void,
) => void;

function jsonOf(bytes: Buffer): Json {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** Signs in and returns the token. */
export async function signInto(site: SiteAddress, name: string, word = password): Promise<string> {
  const body = { login_id: name, password: word };
  const { token, bytes } = await callSite(site, "POST /users/login", { body });
  if (token === "") throw new Error(`${name}: ${bytes.toString()}`);
  return token;
}

/** A post with a file, by which a test tells that nothing was lost. */
export interface Keepsake {
  readonly message: string;
  readonly post: string;
  readonly file: string;
  readonly token: string;
}

/** Writes a post with a file into a team that is made for it. */
export async function leaveKeepsake(
  site: SiteAddress,
  token: string,
  name: string,
): Promise<Keepsake> {
  const post = async (path: string, body: unknown) => {
    const made = await callSite(site, `POST ${path}`, { token, body });
    if (made.status !== 201) throw new Error(`${path}: ${made.bytes.toString()}`);
    return made.json;
  };
  const team = await post("/teams", { name, display_name: name, type: "O" });
  const channel = await callSite(
    site,
    `GET /teams/${String(team["id"])}/channels/name/town-square`,
    {
      token,
    },
  );
  const place = String(channel.json["id"]);
  const content = Buffer.from(`the file of ${name}`);
  const files = await post(`/files?channel_id=${place}&filename=${name}.txt`, content);
  const [info] = Array.isArray(files["file_infos"]) ? files["file_infos"] : [];
  const file = String(isObject(info) ? info["id"] : "");
  const message = `the post of ${name}`;
  const { id } = await post("/posts", { channel_id: place, message, file_ids: [file] });
  return { message, post: String(id), file, token };
}

/** What is left of a keepsake: message and contents of the file, or the answers' codes. */
export async function readKeepsake(site: SiteAddress, { post, file, token }: Keepsake) {
  const found = await callSite(site, `GET /posts/${post}`, { token });
  const contents = await callSite(site, `GET /files/${file}`, { token });
  return {
    post: found.status === 200 ? found.json["message"] : found.status,
    file: contents.status === 200 ? contents.bytes.toString() : contents.status,
  };
}
