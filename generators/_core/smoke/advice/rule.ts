import type { Trouble } from "../trouble.ts";

/** What a trouble most likely comes from, and what mends it. */
export interface Advice {
  /** Stable, for machines: `sign-up-closed`. */
  readonly id: string;
  /** A whole sentence; `{siteUrl}` and `{origin}` stand for those of {@link SiteFacts}. */
  readonly likely: string;
  /** A whole sentence, likewise. */
  readonly mend: string;
}

/** Advice with the sign by which one tells that it applies. */
export interface Rule extends Advice {
  readonly applies: (trouble: Trouble, site: SiteFacts) => boolean;
}

/** What advice needs to know of the site. */
export interface SiteFacts {
  /** The origin that was tested. */
  readonly origin: string;
  /** What the server has for SiteURL; empty when it has none or did not say. */
  readonly siteUrl: string;
}

/** Whether the server takes another address for the site's own than the one that was tested. */
export function isOtherSite({ origin, siteUrl }: SiteFacts): boolean {
  return siteUrl !== "" && !(URL.canParse(siteUrl) && new URL(siteUrl).origin === origin);
}

/** A sign: the trouble has one of these codes. */
export function hasCode(...codes: readonly string[]): Rule["applies"] {
  return ({ code }) => code !== undefined && codes.includes(code);
}
