import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { smokeCommand } from "../../../generators/_core/cli/smoke/smoke-command.ts";
import { folderTree } from "../../folder-tree.ts";
import { runWords } from "../../run-words.ts";
import { schemaProblems } from "../../schema-problems.ts";
import { startFakeSite, type Faults } from "../../smoke/fake-site.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const hold = ["--hold", "0", "--timeout", "2"];
const mute: Faults = { websocket: "mute" };

describe("a test of a site", () => {
  it("prints a line for each step, and neither password nor token", async () => {
    const { code, out } = await smoke({}, [], { MATTERMOST_SMOKE_TOKEN: "admin" });
    expect(code).toBe(0);
    expect(out).toMatch(/^Basic test of http:\S+: Mattermost 11\.7\.9, Team Edition$/m);
    expect(out.match(/^ {2}passed {3}.* \(\d+\.\d s\)$/gm)).toHaveLength(4);
    expect(out).not.toMatch(/\badmin\b|token\d|Zz9!/);
  });

  it("says of a step that fails what was sent, what came back, why and what to do", async () => {
    const { code, out } = await smoke({ websocket: 426 });
    expect(code).toBe(1);
    expect(out).toMatch(/FAILED {3}No errors/);
    expect(out).toMatch(/sent +GET ws:\S+\/api\/v4\/websocket with Origin: http:/);
    expect(out).toMatch(/received +426 No/);
    expect(out).toMatch(/mend .*proxy_set_header Upgrade \$http_upgrade/);
  });

  it.for<[string, Faults, number]>([
    ["that passes", {}, 0],
    ["that fails", mute, 1],
    ["that does not begin", { answers: { "GET /system/ping": [404, "no"] } }, 3],
    ["that is refused", { config: { NoAccounts: "true" } }, 2],
  ])("tells a machine the same as a person: one %s", async ([, faults, exitCode]) => {
    const { code, out, cwd } = await smoke(faults, ["--json", "--junit", "junit.xml"]);
    expect(code).toBe(exitCode);
    expect(schemaProblems("smoke", JSON.parse(out))).toEqual([]);
    if (exitCode === 2) return;
    const junit = readFileSync(join(cwd, "junit.xml"), "utf8");
    expect(junit).toContain(`errors="${exitCode === 3 ? 1 : 0}"`);
    expectWellFormed(junit);
  });

  it("leaves a record in a project, with its platform; a later one replaces it", async () => {
    const store = { "generator-mattermost-deployment": { platform: "linux" } };
    const first = await smoke({}, ["--record", "."], {}, store);
    const path = join(first.cwd, ".mattermost-deployment/basic-test.json");
    const record: unknown = JSON.parse(readFileSync(path, "utf8"));
    expect(schemaProblems("basic-test", record)).toEqual([]);
    expect(record).toMatchObject({
      passed: true,
      platform: "linux",
      date: "2026-11-22T10:00:00.000Z",
      server: { version: "11.7.9", edition: "team" },
    });
    const second = await smoke(mute, ["--record", first.cwd]);
    expect(second.code).toBe(1);
    expect(schemaProblems("basic-test", JSON.parse(readFileSync(path, "utf8")))).toEqual([]);
    expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({ passed: false });
  });

  it("records nothing of a site that was not reached", async () => {
    const faults: Faults = { answers: { "GET /system/ping": [404, "no"] } };
    const { cwd } = await smoke(faults, ["--record", "."]);
    expect(folderTree(cwd)).toEqual({});
  });
});

describe("a call of smoke", () => {
  it.for<[readonly string[], RegExp]>([
    [[], /found 0 site addresses/],
    [["https://a.example", "https://b.example"], /found 2 site addresses/],
    [["chat.example.com"], /starts with https/],
    [["https://me:secret@chat.example.com"], /without an account/],
    [["https://chat.example.com/?a=b"], /without \? and #/],
    [["https://a.example", "--hold", "long"], /--hold: found long/],
    [["https://a.example", "--timeout", "0"], /--timeout: found 0/],
    [["https://a.example", "--holt", "3"], /did you mean --hold\?/],
    [["https://a.example", "--invite", "x", "--token-file", "y"], /expected one of them/],
    [["https://a.example", "--token-file", "none"], /none: there is no such file/],
    [["https://a.example", "--token-file", "empty"], /something else than one token/],
    [["https://a.example", "--ca", "empty"], /found no certificate/],
    [["https://a.example", "--record", "none"], /--record none: found no folder/],
    [["https://a.example", "--junit", "none/x.xml"], /--junit none\/x\.xml: found no folder/],
    [["https://a.example", "--browser-path", "none"], /--browser-path none: found no program/],
  ])("that is wrong is refused: %s", async ([words, message]) => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "empty"), "");
    const { code, error } = await call(words, cwd);
    expect(code).toBe(2);
    expect(error).toMatch(message);
    expect(error).not.toContain("secret");
  });

  it("takes an invite before a token that happens to be in the environment", async () => {
    const { requests } = await smoke({}, ["--invite", "abc"], { MATTERMOST_SMOKE_TOKEN: "admin" });
    expect(requests).toContain("POST /users?iid=abc");
  });
});

async function smoke(
  faults: Faults,
  words: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
  store?: object,
) {
  const { url, requests } = await startFakeSite(faults);
  const cwd = temporaryFolder();
  if (store) writeFileSync(join(cwd, ".yo-rc.json"), JSON.stringify(store));
  return { ...(await call([url, ...hold, ...words], cwd, environment)), cwd, requests };
}

function call(
  words: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>> = {},
) {
  return runWords(smokeCommand, words, { cwd, environment });
}

/** Every element that opens closes again, in order, and no bare & or < is left between them. */
function expectWellFormed(xml: string): void {
  const open: string[] = [];
  const rest = xml
    .replace(/^<\?xml[^?]*\?>/, "")
    .replace(
      /<(\/?)([a-z]+)((?: [a-z]+="[^"<]*")*)(\/?)>/g,
      (_tag, end: string, name: string, _attributes: string, empty: string) => {
        if (end !== "") expect(open.pop()).toBe(name);
        else if (empty === "") open.push(name);
        return "";
      },
    );
  expect(open).toEqual([]);
  expect(rest).not.toMatch(/[<>]|&(?!(amp|lt|gt|quot);)/);
}
