import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { validateXML } from "xmllint-wasm";
import type { Audit } from "../../../generators/_core/audit/audit.ts";
import { badgeReport } from "../../../generators/_core/audit/formats/badge.ts";
import { jsonReport } from "../../../generators/_core/audit/formats/json.ts";
import { junitReport } from "../../../generators/_core/audit/formats/junit.ts";
import { sarifReport } from "../../../generators/_core/audit/formats/sarif.ts";
import { auditOf, hostileReport, mixedAudit, reportOf } from "./audits.ts";

const audits: readonly (readonly [string, Audit])[] = [
  ["everything met", auditOf(reportOf())],
  ["every outcome", mixedAudit],
  [
    "every outcome, strictly and with nothing asked for",
    { ...mixedAudit, strict: true, required: undefined },
  ],
  ["a repository that wants to be seen", auditOf(hostileReport)],
];

const packages = createRequire(import.meta.url);
const sarifSchema = readJson(
  join(
    dirname(packages.resolve("@microsoft/jest-sarif/package.json")),
    "lib/schemas/sarif-2.1.0-rtm.5.json",
  ),
);
const ownSchema = readJson(join(import.meta.dirname, "../../../schemas/report.schema.json"));
const junitSchema = antSchema();

describe.for(audits)("a report of %s", ([, audit]) => {
  it("is valid JSON by the schema of this package", () => {
    const value: unknown = JSON.parse(jsonReport(audit));
    expectValid(ownSchema, value);
    expect(value).toEqual({
      $schema: "generator-mattermost-deployment/schemas/report.schema.json",
      // A half of a character is none in UTF-8 either.
      ...JSON.parse(JSON.stringify(audit.report)),
    });
  });

  it("is valid SARIF 2.1.0", () => {
    expectValid(sarifSchema, JSON.parse(sarifReport(audit)));
  });

  it("is valid JUnit XML by the schema of Ant", async () => {
    const { valid, errors } = await validateXML({
      xml: [{ fileName: "junit.xml", contents: junitReport(audit) }],
      schema: [junitSchema],
    });
    expect(errors.map(({ message }) => message)).toEqual([]);
    expect(valid).toBe(true);
  });

  it("has a badge that is well-formed XML", async () => {
    const { rawOutput } = await validateXML({
      xml: [{ fileName: "badge.svg", contents: badgeReport(audit) }],
      schema: [
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/2000/svg"><xs:element name="svg"/></xs:schema>',
      ],
    });
    expect(rawOutput).toMatch(/validates/);
  });
});

describe("the schemas", () => {
  it("refuse what is wrong", async () => {
    const sarif: unknown = JSON.parse(sarifReport(mixedAudit).replaceAll('"ruleId"', '"rule"'));
    expect(isValid(sarifSchema, sarif)).toBe(false);
    const own: unknown = JSON.parse(
      jsonReport(mixedAudit).replaceAll('"near miss"', '"met"').replace('"waived"', '"forgiven"'),
    );
    expect(isValid(ownSchema, own)).toBe(false);
    const { valid } = await validateXML({
      xml: [
        {
          fileName: "junit.xml",
          contents: junitReport(mixedAudit).replaceAll("<skipped/>", "<omitted/>"),
        },
      ],
      schema: [junitSchema],
    });
    expect(valid).toBe(false);
  });
});

/**
 * The XSD of Ant's JUnit task: the package that tests itself against it holds it in a string. It is
 * from before test cases could be skipped, which Ant and all CI services have had for long.
 */
function antSchema(): string {
  const path = join(dirname(packages.resolve("junit-xml/package.json")), "src/index.test.ts");
  const [, text = ""] = /^const antJunitSchema = '(.*)';$/m.exec(readFileSync(path, "utf8")) ?? [];
  const withSkipped = text
    .replace('<xs:element name="failure">', '<xs:element name="skipped"/>$&')
    .replace('<xs:attribute name="errors"', '<xs:attribute name="skipped" type="xs:int"/>$&');
  expect(withSkipped.match(/name="skipped"/g)).toHaveLength(2);
  return withSkipped;
}

function readJson(path: string): Readonly<Record<string, unknown>> {
  const value: Readonly<Record<string, unknown>> = JSON.parse(readFileSync(path, "utf8"));
  return value;
}

function expectValid(schema: Readonly<Record<string, unknown>>, value: unknown): void {
  const validate = compile(schema);
  expect(validate(value), JSON.stringify(validate.errors)).toBe(true);
}

function isValid(schema: Readonly<Record<string, unknown>>, value: unknown): boolean {
  return compile(schema)(value);
}

function compile(schema: Readonly<Record<string, unknown>>) {
  // The schema of SARIF is of draft 4, whose words mean the same here.
  const { $schema: _draft, id: _id, ...rest } = schema;
  return new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(rest);
}
