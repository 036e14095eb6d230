import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseObject } from "./json.ts";

/** What a build of the stand-in claims to be; `release.json` in its folder `stand-in`. */
export interface Release {
  /** X.Y.Z, what it answers to everybody who asks for its version. */
  readonly version: string;
  /** The number of the last migration that it knows. */
  readonly schema: number;
  /** What is wrong with it from the beginning, such as a migration that fails. */
  readonly faults: readonly Fault[];
  /** Enterprise Edition rather than Team Edition. */
  readonly isEnterprise?: boolean;
}

/** What can be wrong with a server, on demand. */
export const allFaults = [
  /** Ends with 1 before it looks at the database. */
  "fails-to-start",
  /** Ends with 1 in the middle of its last migration, which is then half done. */
  "fails-migration",
  /** Never comes to the end of its last migration, which PostgreSQL goes on with when the server has gone. */
  "endless-migration",
  /** Runs, and says of itself that it is not well. */
  "never-healthy",
  /** Answers 500 to every call of the API but the ping. */
  "answers-500",
  /** Closes every websocket a moment after it was opened. */
  "drops-websockets",
] as const;

/** One of the faults. */
export type Fault = (typeof allFaults)[number];

/** The folder of the installation, in which `bin`, `config` and the others are. */
export const installation = join(import.meta.dirname, "..");

/** Reads what this build claims to be. */
export function readRelease(): Release {
  const text = readFileSync(join(installation, "stand-in/release.json"), "utf8");
  const { version, schema, faults, isEnterprise } = parseObject(text);
  const listed = allFaults.filter((fault) => Array.isArray(faults) && faults.includes(fault));
  return {
    version: String(version),
    schema: Number(schema),
    faults: listed,
    isEnterprise: isEnterprise === true,
  };
}
