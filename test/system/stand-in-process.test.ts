import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { callApi, makeAccount, signIn } from "../stand-in/api-client.ts";
import { newer } from "../stand-in/archive.ts";
import { runStandIn, type StandIn, type StandInOptions } from "../stand-in/run-stand-in.ts";
import { allFaults, type Release } from "../stand-in/server/release.ts";
import { usePostgres } from "../stand-in/use-postgres.ts";

const postgres = usePostgres();

/** A stand-in that goes when the test ends. */
async function standIn(options: StandInOptions): Promise<StandIn> {
  const server = await runStandIn(options);
  onTestFinished(() => server.remove());
  return server;
}

describe("starting and stopping", () => {
  it("makes config.json complete, keeps its salts and mode, and leaves the environment out", async () => {
    const options = {
      database: await postgres.emptyDatabase(),
      environment: { MM_TEAMSETTINGS_SITENAME: "Elsewhere" },
    };
    const server = await standIn(options);
    const path = join(server.folder, "config/config.json");
    const text = readFileSync(path, "utf8");
    expect(JSON.parse(text)).toMatchObject({ TeamSettings: { SiteName: "Mattermost" } });
    expect(text).toMatch(/"AtRestEncryptKey": "\w{26}"/);
    expect(text).not.toContain(options.database);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const shown = await callApi(server.url, "GET /config/client?format=old");
    expect(shown.json["SiteName"]).toBe("Elsewhere");
    expect(await server.stop()).toBe(0);
    expect(server.output()).toContain("Server stopped");
  });

  it("migrates forward and keeps what is there; the older version refuses the newer schema", async () => {
    const database = await postgres.emptyDatabase();
    const old = await standIn({ database });
    await makeAccount(old.url, "kept");
    await old.stop();
    const next = await standIn({ database, release: newer });
    expect(await signIn(next.url, "kept")).toMatch(/^\w{26}$/);
    expect((await callApi(next.url, "GET /system/ping")).headers.get("x-version-id")).toMatch(
      /^11\.7\.10\./,
    );
    await next.stop();
    await expect(runStandIn({ database })).rejects.toThrow(
      /ended with 1:[^]*schema 160, newer than 159/,
    );
  });

  it("leaves a schema half changed when its migration fails, and gets over it later", async () => {
    const database = await postgres.emptyDatabase();
    await (await standIn({ database })).stop();
    const faulty: Release = { ...newer, faults: ["fails-migration"] };
    await expect(runStandIn({ database, release: faulty })).rejects.toThrow(
      /migration 160_\w+ failed/,
    );
    const name = database.split("/").at(-1)?.split("?")[0] ?? "";
    const columns = "SELECT 1 FROM information_schema.columns WHERE column_name = 'lastlogin'";
    expect(await postgres.cluster().query(name, columns)).toHaveLength(1);
    expect(await postgres.cluster().query(name, "SELECT max(version) FROM db_migrations")).toEqual([
      { max: "159" },
    ]);
    await standIn({ database, release: newer });
  });

  it("speaks to PostgreSQL over a socket as well", async () => {
    await postgres.cluster().makeDatabase("over_socket");
    const server = await standIn({ database: postgres.cluster().socketAddress("over_socket") });
    expect((await callApi(server.url, "GET /system/ping?get_server_status=true")).status).toBe(200);
  });

  it("ends with 1 when it is asked to fail", async () => {
    const environment = { STAND_IN_FAULTS: "fails-to-start" };
    const database = await postgres.emptyDatabase();
    await expect(runStandIn({ database, environment })).rejects.toThrow("ended with 1");
  });

  it("ends with 1 when the database does not answer five times", async () => {
    const database = "postgres://postgres@127.0.0.1:1/none?sslmode=disable";
    const begun = performance.now();
    await expect(runStandIn({ database })).rejects.toThrow(/ended with 1:[^]*"attempt":5/);
    expect(performance.now() - begun).toBeGreaterThan(7000);
  });
});

it("names no fault that it does not know", async () => {
  const environment = { STAND_IN_FAULTS: "sulks" };
  const database = await postgres.emptyDatabase();
  await expect(runStandIn({ database, environment })).rejects.toThrow(
    `sulks is none of ${allFaults.join(", ")}`,
  );
});
