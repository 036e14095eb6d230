import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import helpers from "yeoman-test";
import { startFakeSite } from "../smoke/fake-site.ts";

/** The built generator: `yo` never loads TypeScript. */
const generator = join(import.meta.dirname, "../../dist/generators/smoke/index.js");

afterEach(() => {
  process.exitCode = undefined;
});

it.for([
  ["a site that works", {}, 0],
  ["a site whose proxy takes the upgrade headers away", { websocket: 400 }, 1],
  ["a server without accounts", { config: { NoAccounts: "true" } }, 2],
] as const)("tests what it is given: %s", async ([, faults, code]) => {
  const { url } = await startFakeSite(faults);
  const options: Readonly<Record<string, unknown>> = { hold: "0", json: true };
  await helpers
    .create(generator, { namespace: "mattermost-deployment:smoke" })
    .withArguments([url])
    .withOptions(options)
    .run();
  expect(process.exitCode).toBe(code);
});
