import type { Wording } from "./wording.ts";

/** What may stand in a slot of a wording. */
export type Slot =
  /** Words that may be there or not: `true` and `false` where it is known whether they should. */
  | { readonly kind: "optional"; readonly isDue?: boolean }
  /** Words of the authors' own: the ones that are known, or any that say all of `mentions`. */
  | { readonly kind: "own"; readonly value?: string; readonly mentions?: string };

/** Something that a README has to say, and how it may say it. */
export interface Statement {
  /** Newest first. All have the same slots. */
  readonly wordings: readonly Wording[];
  readonly slots?: Readonly<Record<string, Slot>>;
  /** Runs of words without which nothing says it, however much else agrees. */
  readonly required: readonly string[];
  /** Words that may be missing. */
  readonly optional?: readonly string[];
  /** What says anywhere that it is not so, within one sentence. */
  readonly denial?: RegExp;
  /** The words of the wordings' links that have to be a link; none where the text is enough. */
  readonly link?: {
    readonly words: string;
    /** What a target on one of Mattermost's own sites speaks of, whatever its path became. */
    readonly topic: RegExp;
  };
}
