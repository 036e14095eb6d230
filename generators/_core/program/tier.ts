/** A tier of the program; each includes the ones before it. */
export type Tier = "community" | "registered" | "certified";

/** The tiers, lowest first. */
export const tiers = [
  { id: "community", title: "Community" },
  { id: "registered", title: "Registered" },
  { id: "certified", title: "Certified" },
] as const satisfies readonly { readonly id: Tier; readonly title: string }[];

/** Whether a tier includes another: `certified` includes `registered`. */
export function includesTier(tier: Tier, other: Tier): boolean {
  return rank(tier) >= rank(other);
}

/** Names a tier as a reader sees it: `Certified`. */
export function tierTitle(tier: Tier): string {
  return tiers[rank(tier)]?.title ?? tier;
}

function rank(tier: Tier): number {
  return tiers.findIndex((candidate) => candidate.id === tier);
}
