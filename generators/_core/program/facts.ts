import type { OperatingSystem } from "../mattermost/operating-systems.ts";

/** Words of a file. The path is POSIX, relative to the repository; lines count from 1. */
export interface Place {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

/** A system that a repository names, and how Mattermost sees it. */
export interface NamedSystem {
  readonly system: OperatingSystem;
  readonly place: Place;
  /** Whether a person reads it there: a README, not the metadata of a platform. */
  readonly isDocumented: boolean;
  /** Whether Mattermost lists this release no more. */
  readonly isOutdated: boolean;
  /** Whether the words around it say that Mattermost does not officially support it. */
  readonly isMarkedUnofficial: boolean;
}

/** A line that sets the version of the server. */
export interface VersionLine extends Place {
  /** `X.Y.Z`, or what floats: `latest`, `9`, `release-11`. */
  readonly version: string;
  readonly isExact: boolean;
}

/** The way that a README shows to another version. */
export interface UpgradeWay {
  /** The command or the heading, as the README shows it. */
  readonly place: Place;
  /** A file of the repository that the command runs; `undefined` for a command of other tools. */
  readonly script: { readonly path: string; readonly text: string } | undefined;
}

/** The steps of the procedure for an embedded server. */
export type UpgradeStep = "configuration" | "data" | "database" | "replacement" | "start";

/** What a repository's files show, before anything is judged. */
export interface Facts {
  readonly hasFiles: boolean;
  /** READMEs and the documents that they lead to; `problem` is why one could not be read. */
  readonly documents: readonly { readonly path: string; readonly problem?: string }[];
  /** Whether a README that stands first could not be read. */
  readonly isReadmeUnread: boolean;
  /** What it deploys with, and where that shows; `undefined` when nothing deploys the server. */
  readonly platform: { readonly id: string; readonly place: Place } | undefined;
  readonly systems: readonly NamedSystem[];
  /** Choices beside systems that are unofficial: `arm64`. */
  readonly unofficialOptions: readonly {
    readonly title: string;
    readonly place: Place;
    readonly isMarked: boolean;
  }[];
  readonly versionLines: readonly VersionLine[];
  readonly changelog:
    | {
        readonly place: Place;
        /** Whether it stands in a file of its own. */
        readonly isFile: boolean;
        readonly hasEntries: boolean;
        /** What stands under its newest heading. */
        readonly newest: string;
      }
    | undefined;
  readonly upgrade: {
    readonly ways: readonly UpgradeWay[];
    /** Words that say that there is none. */
    readonly denial: Place | undefined;
    /** A script that a README shows, and in which nothing happens. */
    readonly idle: Place | undefined;
    /** A script that no README shows. */
    readonly hidden: Place | undefined;
    /** Where the shown script does each step. */
    readonly steps: Readonly<Partial<Record<UpgradeStep, Place>>>;
    /** The copies that it makes only after it has replaced the server. */
    readonly late: Readonly<Partial<Record<UpgradeStep, Place>>>;
    /** Where it removes the installation and never puts config.json back. */
    readonly lost: Place | undefined;
  };
  readonly defaultPasswords: readonly Place[];
  readonly silencedAlerts: readonly Place[];
  /** The lock of a project that this package made. */
  readonly lock:
    | {
        readonly generator: string;
        readonly program: string;
        readonly place: Place;
        /** The files in which an update left something to decide. */
        readonly conflicts: readonly Place[];
      }
    | undefined;
}

/** What a probe over the facts comes to. */
export interface Finding {
  readonly outcome: "met" | "variant" | "near" | "unmet" | "unknown";
  readonly places: readonly Place[];
  /** What is wrong or different, as a clause. */
  readonly note?: string;
}
