import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { allFaults, type Fault, type Release } from "./release.ts";

/** The variable that lists faults, separated by spaces or commas. */
const variable = "STAND_IN_FAULTS";

/** The file that lists faults, beside `config.json`. It is read again at each occasion. */
const fileName = "stand-in-faults";

/** Tells whether the server has a fault: of its build, of its environment or of the file. */
export function hasFault(fault: Fault, release: Release, configurationPath: string): boolean {
  const file = join(dirname(configurationPath), fileName);
  const asked =
    `${process.env[variable] ?? ""} ${existsSync(file) ? readFileSync(file, "utf8") : ""}`
      .split(/[\s,]+/)
      .filter((word) => word !== "");
  const unknown = asked.find((word) => !allFaults.some((known) => known === word));
  if (unknown !== undefined) throw new Error(`${unknown} is none of ${allFaults.join(", ")}`);
  return release.faults.includes(fault) || asked.includes(fault);
}
