import { findOperatingSystem } from "../generators/_core/mattermost/operating-systems.ts";
import type { Solution } from "../generators/_core/program/solution.ts";

/** A Certified solution for Ubuntu 24.04, as the examples of requirements take it for granted. */
export const certifiedSolution: Solution = {
  name: "Example deployment",
  creator: "Example Org",
  tier: "certified",
  upgrade: true,
  systems: systemsOf("ubuntu-24.04"),
  unofficialOptions: [],
};

/** The systems with some ids. */
export function systemsOf(...ids: readonly string[]): Solution["systems"] {
  return ids.map((id) => {
    const system = findOperatingSystem(id);
    if (!system) throw new Error(`unknown system ${id}`);
    return system;
  });
}
