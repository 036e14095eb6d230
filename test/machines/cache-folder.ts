import { mkdirSync } from "node:fs";
import { join } from "node:path";

/** Where what takes long to make is kept between runs. */
export const cacheFolder = join(import.meta.dirname, "../../node_modules/.cache/system");
mkdirSync(cacheFolder, { recursive: true });
