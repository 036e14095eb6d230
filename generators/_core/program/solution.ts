import type { OperatingSystem } from "../mattermost/operating-systems.ts";
import type { Tier } from "./tier.ts";

/** What the program looks at in a deployment solution. */
export interface Solution {
  /** NAME of "NAME for Mattermost by CREATOR", one line of plain text. */
  readonly name: string;
  /** CREATOR of "NAME for Mattermost by CREATOR", one line of plain text. */
  readonly creator: string;
  /** The tier that its maintainers aim at. */
  readonly tier: Tier;
  /** Whether its users get an upgrade command. */
  readonly upgrade: boolean;
  readonly systems: readonly OperatingSystem[];
  /** Choices beside the systems that Mattermost does not officially support: noun phrases. */
  readonly unofficialOptions: readonly string[];
}

/** The name that Mattermost uses for the solution: `NAME for Mattermost by CREATOR`. */
export function brandedName({ name, creator }: Pick<Solution, "name" | "creator">): string {
  return `${name} for Mattermost by ${creator}`;
}
