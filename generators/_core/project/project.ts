import type { Edition } from "../mattermost/editions.ts";
import type { OperatingSystem } from "../mattermost/operating-systems.ts";
import type { Solution } from "../program/solution.ts";
import type { Tier } from "../program/tier.ts";
import type { Platform } from "./platform.ts";

/** A deployment project that is to be rendered: answers that have been parsed, with their facts. */
export interface Project<Options = Readonly<Record<string, string | boolean>>> extends Solution {
  readonly platform: Platform;
  readonly tier: Tier;
  readonly systems: readonly OperatingSystem[];
  readonly edition: Edition;
  /** `X.Y.Z`. */
  readonly serverVersion: string;
  /** The public address of its repository, without credentials; letters that need no quoting. */
  readonly repository: string | undefined;
  /** The SPDX identifier of its licence. */
  readonly license: string;
  /** What git must never take up, of any platform: patterns from the root. */
  readonly localPaths: readonly string[];
  /** The answers to the platform's own questions. */
  readonly options: Options;
}
