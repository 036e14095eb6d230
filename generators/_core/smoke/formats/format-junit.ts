import { escapeXml } from "../../project/escape-xml.ts";
import { stepTitles, type Failure, type SmokeReport, type StepReport } from "../report.ts";

/**
 * A test as JUnit XML, which most CI services show. A site that was not reached is one test case with
 * an error.
 *
 * @param date When the test began, ISO 8601 in UTC.
 */
export function smokeJunit(report: SmokeReport, date: string): string {
  const cases = report.reached
    ? report.steps.map(stepCase)
    : [testCase("The site is reached", 0, problem("error", [report.failure]))];
  const counts = report.reached ? countOutcomes(report.steps) : { failures: 0, skipped: 0 };
  const seconds = report.reached ? report.steps.reduce((sum, step) => sum + step.seconds, 0) : 0;
  const attributes = {
    name: `Basic test of ${report.site}`,
    tests: cases.length,
    failures: counts.failures,
    errors: report.reached ? 0 : 1,
    skipped: counts.skipped,
    time: seconds.toFixed(3),
    timestamp: date.replace(/\.\d+Z$|Z$/, ""),
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    "<testsuites>",
    `  <testsuite${formatAttributes(attributes)}>`,
    ...cases,
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function countOutcomes(steps: readonly StepReport[]) {
  const count = (wanted: StepReport["outcome"]) =>
    steps.filter(({ outcome }) => outcome === wanted).length;
  return { failures: count("failed"), skipped: count("skipped") };
}

function stepCase(step: StepReport): string {
  const title = stepTitles[step.id];
  switch (step.outcome) {
    case "passed":
      return testCase(title, step.seconds, "");
    case "skipped":
      return testCase(title, 0, `<skipped${formatAttributes({ message: step.reason })}/>`);
    case "failed":
      return testCase(title, step.seconds, problem("failure", step.failures));
    default:
      return step satisfies never;
  }
}

function testCase(name: string, seconds: number, content: string): string {
  const time = seconds.toFixed(3);
  const attributes = formatAttributes({ classname: "mattermost-deployment.smoke", name, time });
  return content === ""
    ? `    <testcase${attributes}/>`
    : `    <testcase${attributes}>${content}</testcase>`;
}

function problem(element: "failure" | "error", failures: readonly Failure[]): string {
  const [first] = failures;
  const attributes = formatAttributes({
    type: first?.advice.id ?? "",
    message: first?.received ?? "",
  });
  const lines = failures.flatMap(({ sent, received, advice: { likely, mend } }) => [
    `sent: ${sent}`,
    `received: ${received}`,
    `likely: ${likely}`,
    `mend: ${mend}`,
  ]);
  return `<${element}${attributes}>${escapeXml(lines.join("\n"))}</${element}>`;
}

function formatAttributes(attributes: Readonly<Record<string, string | number>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join("");
}
