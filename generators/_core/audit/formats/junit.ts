import { tierTitle } from "../../program/tier.ts";
import { weightOf, type Audit } from "../audit.ts";
import type { RequirementReport } from "../report.ts";
import { verdict } from "./facts.ts";
import { markedWords } from "./marked-words.ts";
import { markup, type Markup } from "./markup.ts";
import { outcomeNames } from "./outcome-names.ts";
import { shownText } from "./shown-text.ts";

/**
 * An audit as JUnit XML, which most CI services show: one test case for each requirement. What only a
 * person can tell, what does not concern the repository and what stands above the tier that was asked
 * for is skipped; what could not be read is an error.
 */
export function junitReport(audit: Audit): string {
  const { requirements, repository } = audit.report;
  const results = requirements.map((requirement) => ({
    requirement,
    result: resultOf(requirement, audit),
  }));
  const count = (wanted: Result) => results.filter(({ result }) => result === wanted).length;
  const cases = results.map(({ requirement, result }) => testCase(requirement, result));
  const timestamp = audit.date.replace(/\.\d+Z$|Z$/, "");
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite id="0" package="mattermost-deployment.check" name="${`Deployment solution program, ${verdict(audit)}`}" hostname="localhost" timestamp="${timestamp}" tests="${results.length}" failures="${count("failure")}" errors="${count("error")}" skipped="${count("skipped")}" time="0">
    <properties>
      <property name="repository" value="${shownText(repository.path)}"/>
      <property name="commit" value="${repository.commit ?? ""}"/>
      <property name="tier" value="${audit.report.tier}"/>
      <property name="program" value="${audit.report.program}"/>
    </properties>
${cases}    <system-out/>
    <system-err/>
  </testsuite>
</testsuites>
`.markup;
}

type Result = "passed" | "skipped" | "failure" | "error";

function resultOf(requirement: RequirementReport, audit: Audit): Result {
  const { outcome } = requirement;
  if (outcome === "attest" || outcome === "not-applicable") return "skipped";
  const weight = weightOf(requirement, audit);
  // Without a tier that was asked for every shortfall is shown as one.
  const isFailure =
    weight === "failure" || (weight === "shortfall" && audit.required === undefined);
  if (isFailure) return outcome === "unknown" ? "error" : "failure";
  return weight === "shortfall" ? "skipped" : "passed";
}

function testCase(requirement: RequirementReport, result: Result): Markup {
  const { id, tier, title } = requirement;
  return markup`    <testcase classname="mattermost-deployment.check.${tier}" name="${id}: ${title}" time="0">${problem(requirement, result)}</testcase>
`;
}

function problem(requirement: RequirementReport, result: Result): Markup | undefined {
  const { outcome, advice, tier } = requirement;
  const { label, meaning } = outcomeNames[outcome];
  const message = `${label}: ${shownText(advice === "" ? meaning : advice)}`;
  switch (result) {
    case "passed":
      return undefined;
    case "skipped":
      return markup`<skipped/>`;
    case "failure":
      return markup`<failure type="${outcome}" message="${message}">${details(requirement)}</failure>`;
    case "error":
      return markup`<error type="${outcome}" message="${message}">${tierTitle(tier)}</error>`;
    default:
      return result satisfies never;
  }
}

function details({ evidence, near }: RequirementReport): string {
  const lines = [
    ...evidence.map(({ path, line, text }) => `${shownText(path)}:${line} ${shownText(text)}`),
    ...near.map((miss) => {
      const words = markedWords(miss).map(({ text }) => text);
      return `${shownText(miss.path)}:${miss.line} ${words.join(" ") || shownText(miss.text)}`;
    }),
  ];
  return lines.join("\n");
}
