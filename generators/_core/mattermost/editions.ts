/** What the server is distributed as, and what each form limits. */
export interface Edition {
  readonly id: "team" | "enterprise";
  readonly title: string;
  /** The image on the public registry, without a tag. */
  readonly image: string;
  /** The archive's name up to the version: `PREFIX-X.Y.Z-linux-amd64.tar.gz`. */
  readonly archivePrefix: string;
  /** What an operator has to know before choosing it: whole sentences. */
  readonly limits: string;
}

/**
 * The editions that a deployment can install.
 *
 * @see https://docs.mattermost.com/product-overview/editions-and-offerings.html, as of 2026-08-21
 */
export const editions: readonly Edition[] = [
  {
    id: "team",
    title: "Team Edition",
    image: "mattermost/mattermost-team-edition",
    archivePrefix: "mattermost-team",
    limits:
      "Team Edition is open source (MIT). It holds at most 250 activated users and has no GitLab single sign-on and no Playbooks.",
  },
  {
    id: "enterprise",
    title: "Enterprise Edition",
    image: "mattermost/mattermost-enterprise-edition",
    archivePrefix: "mattermost",
    limits:
      "Without a licence the Enterprise binary runs as Mattermost Entry, which is free and has usage limits, among them the message history that is shown; a licence lifts them.",
  },
];

/** The ids of the editions. */
export type EditionId = Edition["id"];

/**
 * Finds an edition.
 *
 * @throws Error when the id is none of {@link editions}: answers are parsed before they get here.
 */
export function editionOf(id: EditionId): Edition {
  const edition = editions.find((candidate) => candidate.id === id);
  if (!edition) throw new Error(`unknown edition ${id}`);
  return edition;
}
