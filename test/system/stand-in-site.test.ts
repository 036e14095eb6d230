import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callApi, listen, makeAccount, password, type Account } from "../stand-in/api-client.ts";
import { runStandIn, type StandIn } from "../stand-in/run-stand-in.ts";
import { usePostgres } from "../stand-in/use-postgres.ts";

const postgres = usePostgres();

const picture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

describe("a site with an administrator, a team, two accounts and a post", () => {
  let server: StandIn;
  let [administrator, first, second]: readonly Account[] = [];
  let [team, channel, invite, post] = ["", "", "", ""];
  let site = "";

  const call = (line: string, by?: Account, body?: unknown) =>
    callApi(site, line, { ...(by ? { token: by.token } : {}), body });
  const patch = async (settings: unknown) =>
    expect((await call("PUT /config/patch", administrator, settings)).status).toBe(200);

  beforeAll(async () => {
    server = await runStandIn({ database: await postgres.emptyDatabase() });
    site = server.url;
    expect((await call("GET /config/client?format=old")).json["NoAccounts"]).toBe("true");
    administrator = await makeAccount(site, "administrator");
    first = await makeAccount(site, "first", administrator);
    const made = await call("POST /teams", first, {
      name: "crew",
      display_name: "Crew",
      type: "O",
    });
    team = String(made.json["id"]);
    invite = String((await call(`GET /teams/${team}`, first)).json["invite_id"]);
    const square = await call(`GET /teams/${team}/channels/name/town-square`, first);
    channel = String(square.json["id"]);
    second = await makeAccount(site, "second", { invite });
    const posted = await call("POST /posts", first, { channel_id: channel, message: "hello" });
    post = String(posted.json["id"]);
  });
  afterAll(() => server.remove());

  it("has made the first account an administrator, and no other", async () => {
    const roles = async (by: Account | undefined) =>
      (await call("GET /users/me", by)).json["roles"];
    expect(await roles(administrator)).toBe("system_admin system_user");
    expect(await roles(first)).toBe("system_user");
    expect((await call("GET /config/client?format=old")).json["NoAccounts"]).toBe("false");
  });

  const account = { email: "new@example.org", username: "new", password };
  it.for([
    ["POST /users", account, 403, "api.user.create_user.no_open_server"],
    ["POST /users?iid=x", account, 404, "app.team.get_by_invite_id.finding.app_error"],
    [
      "POST /users/login",
      { login_id: "first", password: "x" },
      401,
      "api.user.login.invalid_credentials_email_username",
    ],
    ["GET /users/me", undefined, 401, "api.context.session_expired.app_error"],
    ["GET /nothing", undefined, 404, "api.context.404.app_error"],
    ["GET /websocket", undefined, 400, ""],
  ] as const)(
    "answers %s without a session as the real server does",
    async ([line, body, status, id]) => {
      const answer = await call(line, undefined, body);
      expect([answer.status, answer.json["id"] ?? ""]).toEqual([status, id]);
    },
  );

  it.for([
    [
      "POST /teams",
      { name: "crew", display_name: "x", type: "O" },
      400,
      "store.sql_team.save_team.existing.app_error",
    ],
    [
      "POST /teams",
      { name: "A b", display_name: "x", type: "O" },
      400,
      "model.team.is_valid.characters.app_error",
    ],
    [
      "POST /posts",
      { channel_id: "elsewhere", message: "x" },
      403,
      "api.context.permissions.app_error",
    ],
    ["GET /files/none", undefined, 404, "api.file.get_file_info.app_error"],
    ["GET /config", undefined, 403, "api.context.permissions.app_error"],
    ["DELETE /users/me", undefined, 401, "api.user.update_active.not_enable.app_error"],
  ] as const)(
    "answers %s with %j to an account as the real server does",
    async ([line, body, status, id]) => {
      const answer = await call(line, first, body);
      expect([answer.status, answer.json["id"]]).toEqual([status, id]);
    },
  );

  it("keeps a thread: a reply, a reply with an image, no reply to a reply", async () => {
    const reply = { channel_id: channel, root_id: post, message: "reply" };
    const replied = await call("POST /posts", second, reply);
    expect(replied.status).toBe(201);
    const upload = new FormData();
    upload.append("channel_id", channel);
    upload.append("files", new Blob([new Uint8Array(picture)]), "picture.png");
    const uploaded = (await call("POST /files", first, upload)).bytes.toString();
    const file = /"id":"(\w{26})"/.exec(uploaded)?.[1] ?? "";
    const attached = await call("POST /posts", first, { ...reply, file_ids: [file] });
    expect(attached.json["file_ids"]).toEqual([file]);
    const deeper = await call("POST /posts", first, { ...reply, root_id: replied.json["id"] });
    expect(deeper.json["id"]).toBe("api.post.create_post.root_id.app_error");
    const thread = await call(`GET /posts/${post}/thread`, second);
    expect(thread.json["order"]).toEqual([post, replied.json["id"], attached.json["id"]]);
    const info = (await call(`GET /files/${file}/info`, second)).json;
    expect(info).toMatchObject({ mime_type: "image/png", width: 1, has_preview_image: true });
    const read = await call(`GET /files/${file}`, second);
    expect(read.bytes.equals(picture)).toBe(true);
    for (const kind of ["thumbnail", "preview"]) {
      const small = await call(`GET /files/${file}/${kind}`, second);
      expect([small.status, small.headers.get("content-type")]).toEqual([200, "image/jpeg"]);
    }
  });

  it("takes the bytes of a file alone", async () => {
    const line = `POST /files?channel_id=${channel}&filename=a.bin`;
    expect((await call(line, first, new Uint8Array([1, 2, 3]))).status).toBe(201);
  });

  it("delivers posts to an open websocket", async () => {
    const message = { channel_id: channel, root_id: post, message: "heard" };
    const heard = await listen(site, {
      origin: site,
      token: first?.token ?? "",
      meanwhile: () => call("POST /posts", second, message),
    });
    expect(heard).toMatchObject({ status: 101, dropped: false });
    const [hello, challenge, posted] = heard.messages;
    expect(hello).toMatchObject({ event: "hello", seq: 0 });
    expect(challenge).toEqual({ status: "OK", seq_reply: 1 });
    expect(posted).toMatchObject({ event: "posted", broadcast: { channel_id: channel } });
    // A string of JSON within the JSON.
    expect(posted?.["data"]).toMatchObject({
      post: expect.stringMatching(new RegExp(`"root_id":"${post}".*"message":"heard"`)),
    });
  });

  it.for([
    ["the site's", "", 101],
    ["another", "https://foreign.example", 403],
  ] as const)("answers a websocket with %s origin", async ([, origin, status]) => {
    const heard = await listen(site, { origin: origin || site, token: first?.token ?? "" });
    expect(heard.status).toBe(status);
  });

  it("takes every origin when AllowCorsFrom says so", async () => {
    await patch({ ServiceSettings: { AllowCorsFrom: "*" } });
    const heard = await listen(site, {
      origin: "https://foreign.example",
      token: first?.token ?? "",
    });
    await patch({ ServiceSettings: { AllowCorsFrom: "" } });
    expect(heard.status).toBe(101);
  });

  it("closes a websocket whose token has no session", async () => {
    expect(await listen(site, { token: "wrong" })).toMatchObject({ dropped: true, messages: [] });
  });

  it.for([
    [
      { FileSettings: { EnableFileAttachments: false } },
      "POST /files",
      403,
      "api.file.attachments.disabled.app_error",
    ],
    [
      { TeamSettings: { EnableUserCreation: false } },
      "POST /users?iid=",
      501,
      "api.user.create_user.signup_email_disabled.app_error",
    ],
    [
      { TeamSettings: { RestrictCreationToDomains: "only.example" } },
      "POST /users?iid=",
      400,
      "api.user.create_user.accepted_domain.app_error",
    ],
    [
      { EmailSettings: { RequireEmailVerification: true } },
      "POST /users/login",
      401,
      "api.user.login.not_verified.app_error",
    ],
    [
      { FileSettings: { MaxFileSize: 2 } },
      "POST /files",
      413,
      "api.file.upload_file.too_large_detailed.app_error",
    ],
  ] as const)("obeys %j", async ([settings, start, status, id]) => {
    await patch(settings);
    const line = start === "POST /files" ? `${start}?channel_id=${channel}&filename=a` : start;
    const body = start.startsWith("POST /users/")
      ? { login_id: "first", password }
      : start === "POST /files"
        ? new Uint8Array(picture)
        : account;
    const answer = await call(line.endsWith("iid=") ? line + invite : line, first, body);
    await patch({
      FileSettings: { EnableFileAttachments: true, MaxFileSize: 104_857_600 },
      TeamSettings: { EnableUserCreation: true, RestrictCreationToDomains: "" },
      EmailSettings: { RequireEmailVerification: false },
    });
    expect([answer.status, answer.json["id"]]).toEqual([status, id]);
  });

  it("answers the ping with its version, and mmctl over its socket", async () => {
    const plain = await call("GET /system/ping");
    expect(plain.json).toMatchObject({ status: "OK", ActiveSearchBackend: "database" });
    expect(plain.headers.get("x-version-id")).toMatch(/^11\.7\.9\.11\.7\.9\.[0-9a-f]{64}\.false$/);
    const full = await call("GET /system/ping?get_server_status=true");
    expect(full.json).toMatchObject({ database_status: "OK", filestore_status: "OK" });
    const status = await server.mmctl("--local", "system", "status");
    expect(status).toMatchObject({ code: 0, out: expect.stringMatching(/^Server status: OK\n/) });
    const key = "TeamSettings.EnableOpenServer";
    expect((await server.mmctl("config", "set", key, "true")).code).toBe(0);
    expect((await server.mmctl("config", "get", key)).out).toBe("true\n");
    await server.mmctl("config", "set", key, "false");
  });

  it("has the faults that are asked for, while they are asked for", async () => {
    server.setFaults("never-healthy");
    expect((await call("GET /system/ping")).status).toBe(500);
    expect((await call("GET /system/ping?use_rest_semantics=true")).status).toBe(200);
    expect((await server.mmctl("system", "status")).code).toBe(1);
    server.setFaults("answers-500");
    expect((await call("GET /users/me", first)).status).toBe(500);
    expect((await call("GET /system/ping")).status).toBe(200);
    server.setFaults("drops-websockets");
    const heard = await listen(site, {
      origin: site,
      token: first?.token ?? "",
      milliseconds: 1000,
    });
    expect(heard).toMatchObject({ status: 101, dropped: true });
    server.setFaults();
    expect((await call("GET /users/me", first)).status).toBe(200);
  });

  it("archives teams, deactivates accounts, and deletes nothing for good unasked", async () => {
    const gone = await makeAccount(site, "gone", { invite });
    expect((await call(`DELETE /users/${gone.id}`, first)).status).toBe(403);
    const forGood = await call(`DELETE /users/${gone.id}?permanent=true`, administrator);
    expect(forGood.json["id"]).toBe("api.user.delete_user.not_enabled.for_admin.app_error");
    expect((await call(`DELETE /users/${gone.id}`, administrator)).status).toBe(200);
    expect((await call("GET /users/me", gone)).status).toBe(401);
    const made = await call("POST /teams", second, { name: "old", display_name: "Old", type: "O" });
    expect((await call(`DELETE /teams/${String(made.json["id"])}`, second)).status).toBe(200);
    const left = await call(`GET /teams/${String(made.json["id"])}`, second);
    expect(Number(left.json["delete_at"])).toBeGreaterThan(0);
  });
});
