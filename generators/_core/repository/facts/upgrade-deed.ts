/** What a command of an upgrade does to a server. */
export type UpgradeDeed =
  /** Keeps a copy of config.json, of the uploaded data, or of the database. */
  | "configuration"
  | "data"
  | "database"
  /** Fetches or unpacks another version. */
  | "fetch"
  /** Puts another version in the place of the installed one. */
  | "replacement"
  /** Takes the installation away, with what lies in it. */
  | "removal"
  /** Puts config.json, or the data, back from a copy. */
  | "configuration-return"
  | "data-return"
  | "start";
