import type { ServerFacts } from "../read-server.ts";
import {
  exitCodeOf,
  stepTitles,
  type Failure,
  type SmokeReport,
  type StepReport,
} from "../report.ts";

/** A line for a person, and what it is about, so that it can be coloured. */
export interface Line {
  readonly tone: "plain" | "good" | "bad" | "warning";
  readonly text: string;
}

/** The line that stands above the steps. */
export function serverLine(site: string, { version, edition }: ServerFacts): Line {
  const name = edition === "team" ? "Team Edition" : "Enterprise Edition";
  const number = version === "" ? "of a version it does not tell" : version;
  return { tone: "plain", text: `Basic test of ${site}: Mattermost ${number}, ${name}` };
}

/** A step as lines: one, and what is known of each failure below it. */
export function stepLines(step: StepReport): readonly Line[] {
  const title = stepTitles[step.id];
  const seconds = `(${step.seconds.toFixed(1)} s)`;
  switch (step.outcome) {
    case "passed":
      return [{ tone: "good", text: `  passed   ${title} ${seconds}` }];
    case "skipped":
      return [{ tone: "warning", text: `  skipped  ${title}: ${step.reason}` }];
    case "failed":
      return [
        { tone: "bad", text: `  FAILED   ${title} ${seconds}` },
        ...step.failures.flatMap(failureLines),
      ];
    default:
      return step satisfies never;
  }
}

/** What was tidied up, warnings and the verdict. */
export function closingLines(report: SmokeReport): readonly Line[] {
  if (!report.reached) {
    const text = `${report.site} was not reached as a Mattermost server`;
    return [{ tone: "bad", text }, ...failureLines(report.failure)];
  }
  const { done, left } = report.cleanUp;
  const failed = report.steps.filter(({ outcome }) => outcome === "failed").length;
  return [
    ...report.warnings.map((text) => ({ tone: "warning", text: `warning: ${text}` }) as const),
    ...(done.length === 0
      ? []
      : [{ tone: "plain", text: `Tidied up: ${done.join(", ")}.` } as const]),
    ...left.map((text) => ({ tone: "warning", text: `Left: ${text}` }) as const),
    exitCodeOf(report) === 0
      ? { tone: "good", text: "The basic test passed." }
      : { tone: "bad", text: `The basic test failed: ${failed} of ${report.steps.length} steps.` },
  ];
}

function failureLines({ sent, received, advice }: Failure): readonly Line[] {
  const rows = { sent, received, likely: advice.likely, mend: advice.mend };
  return Object.entries(rows).map(([label, text]) => ({
    tone: "plain",
    text: `           ${label.padEnd(8)} ${text}`,
  }));
}
