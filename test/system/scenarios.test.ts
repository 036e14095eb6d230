import { renameSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe } from "vitest";
import { describeScenarios, type Door } from "../play-scenario.ts";
import { changeLine, earlier } from "../scenarios.ts";
import { alterFile, packAltered } from "./altered-release.ts";
import { installPacked, type Installation } from "./packed.ts";
import { ordinaryUser, run, succeed } from "./tools.ts";

const { lines, line, link, renamed } = earlier;
const templates = "templates/docker/files";

/** Two releases, packed and installed as users have them, one beside the other. */
let before: Installation;
let after: Installation;
beforeAll(() => {
  before = installPacked((folder) => packAltered(folder, makeEarlier));
  after = installPacked((folder) => packAltered(folder, declareRenaming));
}, 600_000);
afterAll(() => {
  before.remove();
  after.remove();
});

describe("the package's own command", () => {
  describeScenarios(doorOf(({ command }) => [command]));
});

describe("yo", () => {
  describeScenarios(doorOf(({ yo }) => [yo, "mattermost-deployment"]));
});

function doorOf(program: (installation: Installation) => readonly string[]): Door {
  const call = (installation: Installation, folder: string, words: readonly string[]) => {
    const { uid, gid } = ordinaryUser;
    succeed("chown", ["-R", `${uid}:${gid}`, folder]);
    const all = [...program(installation), ...words];
    const { environment: env } = installation;
    return run(process.execPath, all, { cwd: folder, env, uid, gid });
  };
  return {
    makeEarlier: async (folder, words) => {
      const { code, error } = call(before, folder, words);
      if (code !== 0) throw new Error(`the earlier release ended with ${code}\n${error}`);
    },
    run: async (folder, words) => {
      const { code, out, error } = call(after, folder, words);
      return { code, out: out + error };
    },
  };
}

/** Makes the source that of a release before this one. */
function makeEarlier(source: string): void {
  for (const { path, lines: numbers } of lines) {
    alterFile(source, `${templates}/${path}.ejs`, (text) =>
      numbers.reduce((changed, at) => changeLine(changed, at, line), text),
    );
  }
  const requirement = "generators/_core/program/requirements/documentation-production-steps.ts";
  alterFile(source, requirement, (text) => text.replace(link.is, link.was));
  const [from, to] = [renamed.to, renamed.from].map((path) =>
    join(source, templates, `${path}.ejs`),
  );
  renameSync(from ?? "", to ?? "");
}

/** Makes the source that of a release in which a template has another name than before. */
function declareRenaming(source: string): void {
  const entry = JSON.stringify({ [renamed.to]: [renamed.from] });
  alterFile(source, "templates/docker/platform.ts", (text) =>
    text.replace(/^ {2}id: "docker",$/m, (id) => `${id}\n  renamedFrom: ${entry},`),
  );
}
