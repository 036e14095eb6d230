import type { Outcome } from "../report.ts";

/** What an outcome is called for a person: short, and a sentence about it. */
export const outcomeNames: Readonly<
  Record<Outcome, { readonly label: string; readonly meaning: string }>
> = {
  met: { label: "met", meaning: "says what the program asks" },
  variant: { label: "variant", meaning: "says the same in other words; counts" },
  outdated: { label: "outdated", meaning: "an older official wording or link; counts" },
  near: { label: "near miss", meaning: "looks like it and does not say it" },
  unmet: { label: "missing", meaning: "not found" },
  "not-applicable": { label: "not concerned", meaning: "does not concern this repository" },
  attest: { label: "to attest", meaning: "only a person or a recorded run can tell" },
  waived: { label: "waived", meaning: "left out by the maintainers for a while; counts" },
  unknown: { label: "unreadable", meaning: "could not be read" },
};
