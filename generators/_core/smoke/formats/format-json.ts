import {
  exitCodeOf,
  stepTitles,
  type Failure,
  type SmokeReport,
  type StepReport,
} from "../report.ts";

/**
 * A test as data.
 *
 * @see schemas/smoke.schema.json in this package
 */
export function smokeJson(report: SmokeReport): object {
  const base = { schemaVersion: 1, exitCode: exitCodeOf(report), site: report.site };
  if (!report.reached) return { ...base, reached: false, failure: failureJson(report.failure) };
  const { server, steps, warnings, cleanUp } = report;
  return {
    ...base,
    reached: true,
    ...(server ? { server: { version: server.version, edition: server.edition } } : {}),
    steps: steps.map(stepJson),
    warnings,
    cleanUp,
  };
}

/** What only the record of a test has. */
export interface RecordFacts {
  /** When the test began, ISO 8601 in UTC. */
  readonly date: string;
  /** The platform of the project, where it is known. */
  readonly platform: string | undefined;
  /** The version of this package. */
  readonly packageVersion: string;
}

/**
 * The evidence of a test, as it is kept in a project.
 *
 * @see schemas/basic-test.schema.json in this package
 */
export function recordJson(
  report: SmokeReport & { readonly reached: true },
  { date, platform, packageVersion }: RecordFacts,
): object {
  const { site, server, steps, warnings } = report;
  return {
    schemaVersion: 1,
    date,
    passed: exitCodeOf(report) === 0,
    site,
    ...(server ? { server: { version: server.version, edition: server.edition } } : {}),
    ...(platform === undefined ? {} : { platform }),
    generatorVersion: packageVersion,
    steps: steps.map(stepJson),
    warnings,
  };
}

function stepJson(step: StepReport): object {
  const base = { id: step.id, title: stepTitles[step.id], outcome: step.outcome };
  const timed = { ...base, seconds: step.seconds };
  switch (step.outcome) {
    case "passed":
      return timed;
    case "skipped":
      return { ...timed, reason: step.reason };
    case "failed":
      return { ...timed, failures: step.failures.map(failureJson) };
    default:
      return step satisfies never;
  }
}

function failureJson({ sent, received, advice: { id, likely, mend } }: Failure): object {
  return { cause: id, sent, received, likely, mend };
}
