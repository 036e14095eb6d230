import type { ReadmeSection } from "../../program/requirement.ts";

/** The heading that a section gets where no fitting one stands, and the words of one that fits. */
export const headingOf: Readonly<
  Record<Exclude<ReadmeSection, "introduction">, { readonly title: string; readonly fits: RegExp }>
> = {
  production: {
    title: "Make it production-ready",
    fits: /\bproduction|\bpost[- ]?install|\bafter (the )?install|\bnext steps\b|\bhardening\b/i,
  },
  security: { title: "Security updates", fits: /\bsecurity\b/i },
  systems: {
    title: "Supported systems",
    fits: /\bsupported\b.*\b(systems?|platforms?|os(es)?|distributions?)\b|\boperating systems?\b|\bcompatib|^platforms?$/i,
  },
  name: { title: "Name", fits: /^name\b|\bbranding\b|\btrademarks?\b/i },
};

/** The headings that sections get. */
export const sectionTitles: readonly string[] = Object.values(headingOf).map(({ title }) => title);

/** The sections in the order in which they stand in a document that has none of them. */
export const sectionOrder: readonly ReadmeSection[] = [
  "introduction",
  "production",
  "security",
  "systems",
  "name",
];
