import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { isObject, parseObject, type Json } from "./json.ts";
import { newId } from "./new-id.ts";
import { installation } from "./release.ts";

/** The settings that the stand-in obeys or keeps, with the defaults of the real server. */
const defaults = {
  ServiceSettings: {
    SiteURL: "",
    WebsocketURL: "",
    ListenAddress: ":8065",
    AllowCorsFrom: "",
    TrustedProxyIPHeader: [] as readonly string[],
    EnableLocalMode: false,
    LocalModeSocketLocation: "/var/tmp/mattermost_local.socket",
    EnableAPITeamDeletion: false,
    EnableAPIUserDeletion: false,
  },
  TeamSettings: {
    SiteName: "Mattermost",
    EnableUserCreation: true,
    EnableOpenServer: false,
    EnableUserDeactivation: false,
    RestrictCreationToDomains: "",
    MaxUsersPerTeam: 50,
  },
  SqlSettings: {
    DriverName: "postgres",
    DataSource:
      "postgres://mmuser:mostest@localhost/mattermost_test?sslmode=disable&connect_timeout=10",
    MaxIdleConns: 50,
    MaxOpenConns: 100,
    AtRestEncryptKey: "",
  },
  LogSettings: { FileLocation: "" },
  PasswordSettings: { MinimumLength: 8 },
  FileSettings: {
    EnableFileAttachments: true,
    MaxFileSize: 104_857_600,
    DriverName: "local",
    Directory: "./data/",
    PublicLinkSalt: "",
    AmazonS3Bucket: "",
    AmazonS3Region: "",
    AmazonS3Endpoint: "s3.amazonaws.com",
    AmazonS3PathPrefix: "",
    AmazonS3SSL: true,
    AmazonS3AccessKeyId: "",
    AmazonS3SecretAccessKey: "",
  },
  EmailSettings: {
    EnableSignUpWithEmail: true,
    EnableSignInWithEmail: true,
    EnableSignInWithUsername: true,
    SendEmailNotifications: false,
    RequireEmailVerification: false,
    FeedbackEmail: "",
    ReplyToAddress: "",
    EnableSMTPAuth: false,
    SMTPUsername: "",
    SMTPPassword: "",
    SMTPServer: "localhost",
    SMTPPort: "10025",
    ConnectionSecurity: "",
  },
  MetricsSettings: { Enable: false, ListenAddress: ":8067" },
  SupportSettings: { SupportEmail: "" },
  PluginSettings: { Enable: true, Directory: "./plugins", ClientDirectory: "./client/plugins" },
};

/** All settings, each section by its name. */
export type Settings = typeof defaults;

/**
 * `config.json` and the environment over it, as `mattermost.md` section 5 says. The file is written
 * anew at every start, its mode kept, values of the environment left out, salts made when they are
 * missing (all three observed).
 */
export class Configuration {
  readonly path: string;
  private kept: Settings;

  /** @throws Error when the file cannot be read or written. */
  constructor() {
    const named = process.env["MM_CONFIG"] ?? "config/config.json";
    this.path = isAbsolute(named) ? named : join(installation, named);
    const found = existsSync(this.path) ? readFileSync(this.path, "utf8") : "";
    const { SqlSettings, FileSettings, ...others } = merge(
      defaults,
      found.trim() === "" ? {} : parseObject(found),
    );
    this.kept = {
      ...others,
      SqlSettings: { ...SqlSettings, AtRestEncryptKey: SqlSettings.AtRestEncryptKey || newId() },
      FileSettings: { ...FileSettings, PublicLinkSalt: FileSettings.PublicLinkSalt || newId() },
    };
    this.save();
  }

  /** The settings that count: those of the environment before those of the file. */
  get settings(): Settings {
    return merge(this.kept, fromEnvironment());
  }

  /** Changes some settings, for good. */
  patch(changes: Json): void {
    this.kept = merge(this.kept, changes);
    this.save();
  }

  /** An absolute path for a path among the settings. */
  folder(path: string): string {
    return resolve(installation, path);
  }

  private save(): void {
    const text = `${JSON.stringify(this.kept, null, 4)}\n`;
    if (existsSync(this.path)) writeFileSync(this.path, text);
    else writeFileSync(this.path, text, { mode: 0o600 });
  }
}

/** A setting in the form that its default has: `true`, a number, a list, or text. */
export function inTheFormOf(value: unknown, text: string): unknown {
  if (typeof value === "boolean") return text === "true";
  if (typeof value === "number") return Number(text);
  if (Array.isArray(value)) return text.split(/[\s,]+/).filter((word) => word !== "");
  return text;
}

// Sections that the stand-in does not know are kept in the file as they are.
function merge(base: Settings, changes: Json): Settings {
  const merged: Record<string, unknown> = { ...changes };
  for (const [section, keys] of Object.entries(base)) {
    const changed = changes[section];
    merged[section] = isObject(changed) ? { ...keys, ...changed } : keys;
  }
  return { ...base, ...merged };
}

// MM_SERVICESETTINGS_SITEURL is ServiceSettings.SiteURL.
function fromEnvironment(): Json {
  const found: Record<string, Record<string, unknown>> = {};
  for (const [section, keys] of Object.entries<Json>(defaults))
    for (const [key, value] of Object.entries(keys)) {
      const given = process.env[`MM_${section}_${key}`.toUpperCase()];
      if (given !== undefined)
        found[section] = { ...found[section], [key]: inTheFormOf(value, given) };
    }
  return found;
}
