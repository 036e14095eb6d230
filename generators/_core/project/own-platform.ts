import { operatingSystems } from "../mattermost/operating-systems.ts";
import type { Platform } from "./platform.ts";

/** The id under which the answers of an adopted project name its platform. */
export const ownPlatformId = "own";

/**
 * The platform of a project that was there before this package: whatever its maintainers made it
 * of. It has no templates; only what every project has is written for it.
 *
 * @param what What it deploys with, as far as its files show: `ansible`.
 * @param versionPath The file that sets the server version; empty where none does.
 */
export function ownPlatform(what: string, versionPath: string): Platform {
  return {
    id: ownPlatformId,
    title: `a deployment of your own (${what})`,
    summary: "the installation stays as it is; the program's text is added",
    solutionName: "Deployment solution",
    systems: operatingSystems.map(({ id }) => id),
    defaultSystems: ["ubuntu-24.04"],
    questions: [],
    versionLine: { path: versionPath, variable: "" },
    localPaths: [],
    commands: { install: [], upgrade: "", backup: "", restore: "" },
    unofficialOptions: () => [],
    view: () => ({}),
    omits: () => [],
  };
}
