import { chmodSync, mkdirSync, rmSync, writeSync } from "node:fs";
import type { Server } from "node:http";
import { Configuration } from "./configuration.ts";
import { Database } from "./database.ts";
import { fileCalls } from "./file-calls.ts";
import { hasFault } from "./faults.ts";
import { apiServer } from "./http-api.ts";
import { Log } from "./log.ts";
import { mailCalls } from "./mail-calls.ts";
import { openSidePorts } from "./side-ports.ts";
import { postCalls } from "./post-calls.ts";
import type { Fault, Release } from "./release.ts";
import { migrate } from "./schema.ts";
import { apiRoot, type Site } from "./site.ts";
import { systemCalls } from "./system-calls.ts";
import { teamCalls } from "./team-calls.ts";
import { userCalls } from "./user-calls.ts";
import { Sockets } from "./websocket.ts";

const endpoints = [
  ...systemCalls,
  ...teamCalls,
  ...userCalls,
  ...postCalls,
  ...fileCalls,
  ...mailCalls,
];

/**
 * Runs the server until SIGTERM: configuration, database, migration, then listening and READY=1, in
 * the order of the real server.
 *
 * @throws Error when it cannot start.
 */
export async function serve(release: Release): Promise<void> {
  const log = new Log();
  const configuration = new Configuration();
  const { settings } = configuration;
  log.open(configuration.folder(settings.LogSettings.FileLocation || "logs"));
  log.write("info", "Server is initializing...", { current_version: release.version });
  const { DataSource, MaxOpenConns } = settings.SqlSettings;
  const isFaulty = (fault: Fault) => hasFault(fault, release, configuration.path);
  if (isFaulty("fails-to-start")) throw new Error("a fault that was asked for");
  const database = await Database.connect(DataSource, MaxOpenConns, log);
  const endless = isFaulty("endless-migration") ? "never" : "recorded";
  const ending = isFaulty("fails-migration") ? "broken" : endless;
  const applied = await migrate(database, release.schema, ending);
  log.write("info", "Migrations applied", { applied, schema: release.schema });
  const sockets = new Sockets();
  const site: Site = { release, configuration, database, log, send: sockets.send };
  makeDataFolder(site);
  const servers = await listen(site, sockets);
  openSidePorts(settings);
  log.write("info", `Server is listening on ${settings.ServiceSettings.ListenAddress}`);
  notifyReady();
  process.once("SIGTERM", () => void stop(site, sockets, servers));
  process.once("SIGINT", () => void stop(site, sockets, servers));
}

// Observed: without its folder for files it starts all the same.
function makeDataFolder({ configuration, log }: Site): void {
  try {
    const folder = configuration.folder(configuration.settings.FileSettings.Directory);
    mkdirSync(folder, { recursive: true, mode: 0o750 });
  } catch (error) {
    log.write("error", "Problem with file storage settings", { error: String(error) });
  }
}

async function listen(site: Site, sockets: Sockets): Promise<readonly Server[]> {
  const { ListenAddress, EnableLocalMode, LocalModeSocketLocation } =
    site.configuration.settings.ServiceSettings;
  const [, host = "", port = ""] = /^\[?(.*?)\]?:(\d+)$/.exec(ListenAddress) ?? [];
  const server = apiServer(site, endpoints, false);
  server.on("upgrade", (request, stream, head) => {
    if (!(request.url ?? "").startsWith(`${apiRoot}/websocket`)) stream.destroy();
    else sockets.take(site, request, stream, head).catch(() => stream.destroy());
  });
  await listening(server, host === "" ? { port: Number(port) } : { host, port: Number(port) });
  if (!EnableLocalMode) return [server];
  rmSync(LocalModeSocketLocation, { force: true });
  const local = apiServer(site, endpoints, true);
  await listening(local, { path: LocalModeSocketLocation });
  chmodSync(LocalModeSocketLocation, 0o600);
  return [server, local];
}

function listening(
  server: Server,
  where: { readonly host?: string; readonly port?: number; readonly path?: string },
): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(where, resolve);
  });
}

// Node cannot send to a unix datagram socket: the launcher connects one and leaves its number here.
function notifyReady(): void {
  const socket = process.env["STAND_IN_NOTIFY"];
  if (socket !== undefined) writeSync(Number(socket), "READY=1");
}

async function stop(site: Site, sockets: Sockets, servers: readonly Server[]): Promise<void> {
  site.log.write("info", "Stopping Server...");
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
  sockets.close();
  await site.database.close();
  site.log.write("info", "Server stopped");
  process.exit(0);
}
