import { describe, expect, it } from "vitest";
import { factsOf } from "../facts-of.ts";

describe("what to warn of", () => {
  it("are passwords that everybody knows", async () => {
    const { defaultPasswords } = await factsOf({
      ".env":
        "POSTGRES_PASSWORD=mmuser_password\n#DB_PASSWORD=password\nMM_PASSWORD=${MM_PASSWORD}\nADMIN_PASSWORD=\n",
      "config.json": '{"DataSource": "postgres://mmuser:mostest@db/mattermost"}\n',
      "install.sh": 'fail "expected postgres://USER:PASSWORD@HOST"\n',
      "README.md": "POSTGRES_PASSWORD=mmuser_password\n",
    });
    expect(defaultPasswords.map(({ path, line }) => `${path}:${line}`)).toEqual([
      ".env:1",
      "config.json:1",
    ]);
  });

  it("are notices of security fixes that are turned off", async () => {
    const { silencedAlerts } = await factsOf({
      "config.json": '{"ServiceSettings": {\n"EnableSecurityFixAlert": false}}\n',
      ".env": "MM_SERVICESETTINGS_ENABLESECURITYFIXALERT=true\n",
    });
    expect(silencedAlerts.map(({ path, line }) => `${path}:${line}`)).toEqual(["config.json:2"]);
  });

  it.for([
    [
      "a lock",
      '{"schemaVersion": 1, "generator": "0.1.0", "program": "2025-07-31"}',
      { generator: "0.1.0", program: "2025-07-31" },
    ],
    ["a hostile lock", "[".repeat(200_000), undefined],
    ["a lock of nothing", '{"generator": {"__proto__": 1}}', undefined],
  ] as const)("reads %s", async ([, text, expected]) => {
    const { lock } = await factsOf({ ".mattermost-deployment/lock.json": text });
    if (expected === undefined) expect(lock).toBeUndefined();
    else expect(lock).toMatchObject(expected);
  });
});
