import { describe, expect, it } from "vitest";
import {
  fileSource,
  flagSource,
  variableSource,
  type AnswerSource,
} from "../../../generators/_core/project/answers/answer-source.ts";
import { questions } from "../../../generators/_core/project/answers/questions.ts";
import {
  resolveAnswers,
  type Unanswered,
} from "../../../generators/_core/project/answers/resolve-answers.ts";
import { UserError } from "../../../generators/_core/user-error.ts";
import { platforms } from "../../../templates/platforms.gen.ts";

const world = { platforms, today: "2026-11-22", account: "Example Org" };

describe("defaults", () => {
  it("answer every question alone", async () => {
    expect(await resolve([])).toEqual({
      platform: "docker",
      os: ["ubuntu-22.04", "ubuntu-24.04", "debian-12", "rhel-9"],
      name: "Docker Compose deployment solution",
      creator: "Example Org",
      tier: "certified",
      edition: "team",
      serverVersion: "11.7.9",
      upgrade: true,
      repository: undefined,
      license: "MIT",
      proxy: "caddy",
    });
  });

  it("follow the answers before them", async () => {
    const answers = await resolve([flagSource({ platform: "linux", tier: "community" })]);
    expect(answers).toMatchObject({ name: "Linux deployment solution", upgrade: false });
    expect(answers).not.toHaveProperty("proxy");
  });
});

describe("sources", () => {
  it("come in their order: flags, variables, file, stored", async () => {
    const sources = [
      flagSource({ name: "From a flag" }),
      variableSource(questions, {
        MATTERMOST_DEPLOYMENT_NAME: "From a variable",
        MATTERMOST_DEPLOYMENT_CREATOR: "Variable Org",
      }),
      fileSource("answers.yaml", { creator: "File Org", tier: "registered" }, false),
      fileSource(".yo-rc.json", { tier: "community", edition: "enterprise" }, true),
    ];
    expect(await resolve(sources)).toMatchObject({
      name: "From a flag",
      creator: "Variable Org",
      tier: "registered",
      edition: "enterprise",
    });
  });

  it("take words for booleans and commas for lists", async () => {
    const variables = variableSource(questions, {
      MATTERMOST_DEPLOYMENT_OS: "debian-12, oracle-linux-9",
      MATTERMOST_DEPLOYMENT_TIER: "community",
      MATTERMOST_DEPLOYMENT_UPGRADE: "yes",
    });
    expect(await resolve([variables])).toMatchObject({
      os: ["debian-12", "oracle-linux-9"],
      upgrade: true,
    });
  });

  it("keep each system once, in the catalogue's order", async () => {
    const flags = flagSource({ os: ["rhel-9", "debian-12", "rhel-9"] });
    expect(await resolve([flags])).toMatchObject({ os: ["debian-12", "rhel-9"] });
  });

  it("ignore stored answers to another platform's questions", async () => {
    const stored = fileSource(".yo-rc.json", { platform: "docker", proxy: "nginx" }, true);
    const answers = await resolve([flagSource({ platform: "linux" }), stored]);
    expect(answers).not.toHaveProperty("proxy");
  });
});

describe("wrong answers", () => {
  it("are all named at once, each with what was given and what is allowed", async () => {
    const error = await failure([
      flagSource({ platform: "dokcer", tier: "certfied", name: "Mattermost in a box" }),
      variableSource(questions, { MATTERMOST_DEPLOYMENT_SERVER_VERSION: "11.10.0" }),
      fileSource("answers.yaml", { licence: "MIT" }, false),
    ]);
    expect(error.problems).toEqual([
      "answers.yaml, key licence: found a key that is no question; did you mean license?",
      '--platform: found "dokcer", expected one of docker, linux; did you mean docker?',
      '--name: found "Mattermost in a box", expected a name that does not start with "Mattermost"',
      '--tier: found "certfied", expected one of community, registered, certified; did you mean certified?',
      'MATTERMOST_DEPLOYMENT_SERVER_VERSION: found "11.10.0", expected a supported version (support for 11.10 ended on 2026-11-15); use 11.7.9',
    ]);
  });

  it.for([
    [{ os: ["ubuntu-24.4"] }, /--os: found "ubuntu-24\.4".*did you mean ubuntu-24\.04\?/],
    [{ os: [] }, /--os: found \[\], expected at least one of/],
    [{ os: ["scientific-linux-7"], serverVersion: "12.0.1" }, /below 12\.0\.0.*Scientific Linux 7/],
    [{ tier: "certified", upgrade: false }, /--upgrade: found false, expected an upgrade command/],
    [{ serverVersion: "latest" }, /expected a released version.*use 11\.7\.9/],
    [{ platform: "linux", proxy: "nginx" }, /--proxy: found an answer that the platform linux/],
    [{ creator: 7 }, /--creator: found 7, expected text/],
    [{ license: "mit" }, /--license: found "mit".*did you mean MIT\?/],
    [{ creator: "\u001B[31mred" }, /\\u001b\[31mred/],
  ] as const)("%j is refused", async ([flags, problem]) => {
    expect((await failure([flagSource(flags)])).problems.join("\n")).toMatch(problem);
  });

  it("are misspelt variables too", async () => {
    const variables = variableSource(questions, { MATTERMOST_DEPLOYMENT_TEIR: "certified" });
    expect((await failure([variables])).problems).toEqual([
      "MATTERMOST_DEPLOYMENT_TEIR: found a key that is no question; did you mean MATTERMOST_DEPLOYMENT_TIER?",
    ]);
  });

  it("are found before anything is asked", async () => {
    let asked = 0;
    const ask = () => {
      asked += 1;
      return Promise.reject(new Error("asked"));
    };
    await failure([flagSource({ tier: "gold" })], { by: "asking", ask });
    expect(asked).toBe(0);
  });

  it("do not stop a project whose stored version has grown old", async () => {
    const stored = fileSource(".yo-rc.json", { serverVersion: "11.9.1" }, true);
    expect(await resolve([stored])).toMatchObject({ serverVersion: "11.9.1" });
  });
});

describe("missing answers", () => {
  it("are listed with their flags where nobody can be asked", async () => {
    const error = await failure([flagSource({ platform: "linux" })], { by: "nobody" });
    expect(error.problems.map((problem) => problem.split(":")[0])).toEqual([
      "--os",
      "--name",
      "--creator",
      "--tier",
      "--edition",
      "--server-version",
    ]);
  });

  it("are asked, and no others", async () => {
    const asked: string[] = [];
    const answers = await resolve([flagSource({ platform: "docker", tier: "community" })], {
      by: "asking",
      ask: (question, context) => {
        asked.push(question.id);
        return Promise.resolve(question.fallback(context) ?? "");
      },
    });
    expect(asked).toEqual(["os", "name", "creator", "edition", "serverVersion", "proxy"]);
    expect(answers).toMatchObject({ platform: "docker", upgrade: false });
  });
});

function resolve(sources: readonly AnswerSource[], unanswered: Unanswered = { by: "defaults" }) {
  return resolveAnswers(sources, unanswered, world);
}

async function failure(sources: readonly AnswerSource[], unanswered?: Unanswered) {
  const error: unknown = await resolve(sources, unanswered).catch((cause: unknown) => cause);
  if (!(error instanceof UserError)) throw new Error("expected a UserError", { cause: error });
  return error;
}
