import type { Advice } from "./advice/rule.ts";
import type { ServerFacts } from "./read-server.ts";
import type { Trouble } from "./trouble.ts";

/** The four parts of the program's basic test in their order, and the browser that may join. */
export const stepTitles = {
  "first-account": "First account: sign up, sign in, create a team, post in Town Square",
  "second-account": "Second account: sign up with the team's invite, join, reply to the post",
  image: "First account: reply with an image, read it and its thumbnail back",
  "no-errors": "No errors: the websocket stays up and delivers the reply, nothing answers 5xx",
  browser: "A browser signs in and shows no “Mattermost unreachable”",
} as const;

/** The id of a step. */
export type StepId = keyof typeof stepTitles;

/** A trouble with what is known about it. */
export interface Failure extends Pick<Trouble, "sent" | "received"> {
  readonly advice: Advice;
}

/** What came of a step. */
export type StepReport =
  | (StepBase & { readonly outcome: "passed" })
  | (StepBase & { readonly outcome: "failed"; readonly failures: readonly Failure[] })
  | (StepBase & { readonly outcome: "skipped"; readonly reason: string });

interface StepBase {
  readonly id: StepId;
  readonly seconds: number;
}

/** What was tidied up after a test, and what could not be: whole lines. */
export interface CleanUp {
  readonly done: readonly string[];
  readonly left: readonly string[];
}

/** What came of a test. */
export type SmokeReport = ReachedReport | UnreachableReport;

/** A test of a site that answered. */
export interface ReachedReport {
  readonly reached: true;
  readonly site: string;
  /** `undefined` when the server did not tell. */
  readonly server: ServerFacts | undefined;
  readonly steps: readonly StepReport[];
  readonly warnings: readonly string[];
  readonly cleanUp: CleanUp;
}

/** A test that could not begin. */
export interface UnreachableReport {
  readonly reached: false;
  readonly site: string;
  readonly failure: Failure;
}

/** The exit code of a test: 0 passed, 1 a step failed, 3 the site was not reached. */
export function exitCodeOf(report: SmokeReport): 0 | 1 | 3 {
  if (!report.reached) return 3;
  return report.steps.every(({ outcome }) => outcome === "passed") ? 0 : 1;
}
