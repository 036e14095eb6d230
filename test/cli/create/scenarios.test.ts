import { existsSync } from "node:fs";
import { join } from "node:path";
import { platforms } from "../../../templates/platforms.gen.ts";
import { makeEarlier, makeRenamed } from "../../earlier-release.ts";
import { describeScenarios } from "../../play-scenario.ts";
import { callOf, run } from "../../run-creation.ts";
import { changeLine, earlier } from "../../scenarios.ts";

const { lines, line, link, renamed } = earlier;

/** The platforms of a release that declares what was renamed since the earlier one. */
const renaming = platforms.map((platform) => ({
  ...platform,
  renamedFrom: { [renamed.to]: [renamed.from] },
}));

describeScenarios({
  makeEarlier: async (folder, words) => {
    await run(folder, await callOf(words));
    for (const { path, lines: numbers } of lines) {
      makeEarlier(folder, path, (text) =>
        numbers.reduce((changed, at) => changeLine(changed, at, line), text),
      );
    }
    if (existsSync(join(folder, "README.md")))
      makeEarlier(folder, "README.md", (text) => text.replace(link.is, link.was));
    makeRenamed(folder, renamed.to, renamed.from);
  },
  run: async (folder, words) => run(folder, await callOf(words), { platforms: renaming }),
});
