// Derived by `npm run derive`; edit what it derives from instead.
import type { Platform } from "../generators/_core/project/platform.ts";
import docker from "./docker/platform.ts";
import linux from "./linux/platform.ts";

/** Every platform, by its id. */
export const platforms: readonly Platform[] = [docker, linux];
