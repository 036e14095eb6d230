import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, expect, it } from "vitest";
import helpers from "yeoman-test";
import { emit } from "../projects.ts";
import { temporaryFolder } from "../temporary-folder.ts";

/** The built generator: `yo` never loads TypeScript. */
const generator = join(import.meta.dirname, "../../dist/generators/check/index.js");

afterEach(() => {
  process.exitCode = undefined;
});

it.for([
  ["a project that meets the tier", { require: "registered" }, 0],
  ["a project that does not meet the tier", { require: "certified" }, 1],
  ["a tier that does not exist", { require: "gold" }, 2],
] as const)("audits what it is given: %s", async ([, options, code]) => {
  const folder = temporaryFolder();
  const { files } = await emit({ platform: "docker", tier: "registered", upgrade: false });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const given: Readonly<Record<string, unknown>> = { ...options, json: true };
  await helpers
    .create(generator, { namespace: "mattermost-deployment:check" })
    .withArguments([folder])
    .withOptions(given)
    .run();
  expect(process.exitCode).toBe(code);
});
