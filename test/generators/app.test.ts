import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import helpers from "yeoman-test";
import { folderTexts } from "../folder-tree.ts";

/** The built generator: `yo` never loads TypeScript. */
const generator = join(import.meta.dirname, "../../dist/generators/app/index.js");

afterEach(() => {
  process.exitCode = undefined;
});

it("asks with the prompts of Yeoman's adapter, under the ids of the questions", async () => {
  const context = helpers
    .create(generator, { namespace: "mattermost-deployment:app" })
    .withArguments(["made"])
    .withAnswers({
      platform: "linux",
      os: ["debian-12"],
      name: "Example deployment",
      creator: "Example Org",
      tier: "community",
    });
  const { cwd } = await context.run();
  expect(process.exitCode).toBe(0);
  const files = folderTexts(join(cwd, "made"));
  expect(files["README.md"]).toContain("# Example deployment for Mattermost by Example Org\n");
  expect(files).not.toHaveProperty("CHANGELOG.md");
  expect(JSON.parse(files[".yo-rc.json"] ?? "")).toEqual({
    "generator-mattermost-deployment": {
      platform: "linux",
      os: ["debian-12"],
      name: "Example deployment",
      creator: "Example Org",
      tier: "community",
      edition: "team",
      serverVersion: "11.7.9",
      upgrade: false,
      license: "MIT",
    },
  });
});

it("takes options, and refuses wrong ones without writing", async () => {
  const options: Readonly<Record<string, unknown>> = { tier: "gold", defaults: true };
  const { cwd } = await helpers
    .create(generator, { namespace: "mattermost-deployment:app" })
    .withArguments(["made"])
    .withOptions(options)
    .run();
  expect(process.exitCode).toBe(2);
  expect(folderTexts(join(cwd, "made"))).toEqual({});
});
