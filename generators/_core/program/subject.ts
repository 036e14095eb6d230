import type { OperatingSystem } from "../mattermost/operating-systems.ts";

/** What is known of a solution that is judged; of one's own everything, of another's what its files show. */
export interface Subject {
  /** NAME of "NAME for Mattermost by CREATOR". */
  readonly name?: string;
  /** CREATOR of "NAME for Mattermost by CREATOR". */
  readonly creator?: string;
  /** Whether its users get an upgrade command. */
  readonly upgrade?: boolean;
  readonly systems: readonly OperatingSystem[];
  /** Choices beside the systems that Mattermost does not officially support: noun phrases. */
  readonly unofficialOptions: readonly string[];
}
