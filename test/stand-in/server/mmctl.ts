import { existsSync } from "node:fs";
import { request } from "node:http";
import { inTheFormOf } from "./configuration.ts";
import { isObject, parseObject, textAt, type Json } from "./json.ts";

/**
 * `mmctl`, over the local socket only, whether `--local` is given or not; prints and returns the exit
 * code. Words, output and codes as observed (`system status` is what the emitted
 * deployments call).
 */
export async function mmctl(words: readonly string[], version: string): Promise<number> {
  const [noun, verb, key = "", ...values] = words.filter((word) => !word.startsWith("-"));
  try {
    switch (`${noun} ${verb}`) {
      case "version undefined":
        console.log(`mmctl:\nVersion:\t${version}`);
        return 0;
      case "system status":
        return await systemStatus();
      case "config get":
        console.log(printed(setting(await call("GET", "/config"), key)));
        return 0;
      case "config set":
        await setSetting(key, values.join(" "));
        console.log("Value changed successfully");
        return 0;
      default:
        throw new Error(`unknown command "${words.join(" ")}" for "mmctl"`);
    }
  } catch (error) {
    console.error(`Error: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

async function systemStatus(): Promise<number> {
  const found = await call("GET", "/system/ping?get_server_status=true&use_rest_semantics=true");
  const of = (key: string) => (key in found ? textAt(found, key) : "<no value>");
  console.log(`Server status: ${of("status")}
Android Latest Version: ${of("AndroidLatestVersion")}
Android Minimum Version: ${of("AndroidMinVersion")}
Desktop Latest Version: ${of("DesktopLatestVersion")}
Desktop Minimum Version: ${of("DesktopMinVersion")}
Ios Latest Version: ${of("IosLatestVersion")}
Ios Minimum Version: ${of("IosMinVersion")}
Database Status: ${of("database_status")}
Filestore Status: ${of("filestore_status")}`);
  for (const [key, title] of [
    ["status", "server"],
    ["database_status", "database"],
    ["filestore_status", "filestore"],
  ] as const)
    if (found[key] !== "OK") throw new Error(`${title} status is unhealthy: ${of(key)}`);
  return 0;
}

async function setSetting(key: string, value: string): Promise<void> {
  const [section = "", name = ""] = key.split(".");
  const before = setting(await call("GET", "/config"), key);
  const changes = { [section]: { [name]: inTheFormOf(before, value) } };
  await call("PUT", "/config/patch", changes);
}

function setting(settings: Json, key: string): unknown {
  const [section = "", name = ""] = key.split(".");
  const found = settings[section];
  const value = isObject(found) ? found[name] : undefined;
  if (value === undefined) throw new Error("invalid key");
  return value;
}

const printed = (value: unknown) => JSON.stringify(value);

async function call(method: string, path: string, body?: unknown): Promise<Json> {
  const socketPath = process.env["MMCTL_LOCAL_SOCKET_PATH"] ?? "/var/tmp/mattermost_local.socket";
  if (!existsSync(socketPath))
    throw new Error(
      `failed to create client: socket file "${socketPath}" doesn't exist, please check the server configuration for local mode`,
    );
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, method, path: `/api/v4${path}` }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => (text += part));
      response.on("end", () => {
        const value = parseObject(text);
        if (response.statusCode === 200) resolve(value);
        else reject(new Error(String(value["message"])));
      });
    });
    sent.on("error", reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
