import { accessSync, constants } from "node:fs";
import { noPermission } from "./api-error.ts";
import type { Settings } from "./configuration.ts";
import { newId } from "./new-id.ts";
import { siteHasFault, type Call, type Endpoint, type Site } from "./site.ts";

/** The calls that tell how the server is and how it is set up. */
export const systemCalls: readonly Endpoint[] = [
  {
    // Observed, the 500 and use_rest_semantics read in the source (getSystemPing).
    method: "GET",
    path: "/system/ping",
    open: true,
    answer: async ({ site, query }) => {
      const full = query.get("get_server_status") === "true";
      const [database, files] = full ? await health(site) : [true, true];
      const well = database && files && !siteHasFault(site, "never-healthy");
      const status = word(well);
      const parts = full ? { database_status: word(database), filestore_status: word(files) } : {};
      return {
        status: well || query.get("use_rest_semantics") === "true" ? 200 : 500,
        headers: full ? { Status: status, ...parts } : {},
        body: {
          ActiveSearchBackend: "database",
          AndroidLatestVersion: "",
          AndroidMinVersion: "",
          IosLatestVersion: "",
          IosMinVersion: "",
          ...parts,
          status,
        },
      };
    },
  },
  {
    // Observed, where it has 125 entries; these are the ones that somebody reads.
    method: "GET",
    path: "/config/client",
    open: true,
    answer: async ({ site }) => {
      const { release, configuration, database } = site;
      const { ServiceSettings, TeamSettings, EmailSettings, FileSettings } = configuration.settings;
      const accounts = await database.row(
        "SELECT count(*) AS count FROM users WHERE id NOT IN (SELECT userid FROM bots)",
      );
      const values = {
        BuildEnterpriseReady: release.isEnterprise === true,
        BuildHash: "stand-in",
        BuildNumber: release.version,
        EnableFileAttachments: FileSettings.EnableFileAttachments,
        EnableOpenServer: TeamSettings.EnableOpenServer,
        EnableSignInWithEmail: EmailSettings.EnableSignInWithEmail,
        EnableSignInWithUsername: EmailSettings.EnableSignInWithUsername,
        EnableSignUpWithEmail: EmailSettings.EnableSignUpWithEmail,
        EnableUserCreation: TeamSettings.EnableUserCreation,
        MaxFileSize: FileSettings.MaxFileSize,
        NoAccounts: accounts?.["count"] === "0",
        SiteName: TeamSettings.SiteName,
        SiteURL: ServiceSettings.SiteURL,
        Version: release.version,
        WebsocketURL: ServiceSettings.WebsocketURL,
      };
      return {
        body: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, `${value}`])),
      };
    },
  },
  {
    // Observed: what comes here is no upgrade, which is what a proxy makes of one that does not
    // pass on the headers. The text of the websocket library and the error of the API in one body.
    method: "GET",
    path: "/websocket",
    open: true,
    answer: async () => ({
      status: 400,
      headers: { "Content-Type": "text/plain; charset=utf-8" },
      body: `Bad Request\n${JSON.stringify({
        id: "api.web_socket.connect.upgrade.app_error",
        message: "URL Blocked because of CORS. Url: ",
        detailed_error: "",
        request_id: newId(),
        status_code: 400,
      })}`,
    }),
  },
  {
    // Observed: for administrators, secrets as 32 asterisks, the environment's values too.
    method: "GET",
    path: "/config",
    answer: async (call) => {
      requireAdministrator(call);
      return { body: withoutSecrets(call.site.configuration.settings) };
    },
  },
  {
    // Observed; tests change settings of a running server with it.
    method: "PUT",
    path: "/config/patch",
    answer: async (call) => {
      requireAdministrator(call);
      const changes = await call.json();
      call.site.configuration.patch(changes);
      return { body: withoutSecrets(call.site.configuration.settings) };
    },
  },
];

const word = (well: boolean) => (well ? "OK" : "UNHEALTHY");

// Real writes, as in the real server (DBHealthCheckWrite, TestFileStoreConnection).
async function health({ database, configuration }: Site): Promise<readonly [boolean, boolean]> {
  const written = await database
    .rows(
      `INSERT INTO systems VALUES ('DBHealthCheck', $1)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
      [String(Date.now())],
    )
    .then(() => true)
    .catch(() => false);
  return [written, isWritable(configuration.folder(configuration.settings.FileSettings.Directory))];
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function requireAdministrator(call: Call): void {
  if (!call.isAdministrator) throw noPermission();
}

function withoutSecrets(settings: Settings): unknown {
  const secrets = [
    "DataSource",
    "AtRestEncryptKey",
    "PublicLinkSalt",
    "SMTPPassword",
    "AmazonS3SecretAccessKey",
  ];
  return JSON.parse(JSON.stringify(settings), (key, value: unknown) =>
    secrets.includes(key) && value !== "" ? "*".repeat(32) : value,
  );
}
