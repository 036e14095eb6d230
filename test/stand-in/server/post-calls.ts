import { ApiError, invalidBody, noPermission } from "./api-error.ts";
import { requireChannel } from "./channel-access.ts";
import type { Row } from "./database.ts";
import { presentedFile } from "./file-calls.ts";
import type { Call, Endpoint, Site } from "./site.ts";
import { textAt } from "./json.ts";
import { newId } from "./new-id.ts";

/** The calls about posts. */
export const postCalls: readonly Endpoint[] = [
  {
    // mattermost.md section 8, numbers 6, 8 and 10; observed: a reply to a reply is refused,
    // a file that is used already or somebody else's is left out without a word.
    method: "POST",
    path: "/posts",
    answer: async (call) => {
      const { site, user } = call;
      const given = await call.json().catch(() => {
        throw invalidBody("post");
      });
      const [channel, root] = [textAt(given, "channel_id"), textAt(given, "root_id")];
      await requireChannel(site, channel, call);
      if (root !== "") await requireRoot(site, root, channel);
      const [id, now] = [newId(), Date.now()];
      const files = Array.isArray(given["file_ids"]) ? given["file_ids"].slice(0, 10) : [];
      const attached = await site.database.rows(
        `UPDATE fileinfo SET postid = $1
          WHERE id = ANY($2) AND creatorid = $3 AND channelid = $4 AND postid = '' RETURNING id`,
        [id, files, user["id"], channel],
      );
      const post = await site.database.row(
        `INSERT INTO posts VALUES ($1, $2, $2, 0, $3, $4, $5, $6, $7) RETURNING *`,
        [
          id,
          now,
          user["id"],
          channel,
          root,
          textAt(given, "message"),
          JSON.stringify(attached.map((file) => file["id"])),
        ],
      );
      const body = await presented(site, post ?? {});
      await announce(site, body, user);
      return { status: 201, body };
    },
  },
  {
    // Observed.
    method: "GET",
    path: "/posts/:post",
    answer: async (call) => ({ body: await presented(call.site, await postOf(call)) }),
  },
  {
    // Observed.
    method: "DELETE",
    path: "/posts/:post",
    answer: async (call) => {
      const post = await postOf(call);
      if (post["userid"] !== call.user["id"] && !call.isAdministrator) throw noPermission();
      await call.site.database.rows("UPDATE posts SET deleteat = $2 WHERE id = $1", [
        post["id"],
        Date.now(),
      ]);
      return { body: { status: "OK" } };
    },
  },
  {
    // mattermost.md section 8, number 11; observed.
    method: "GET",
    path: "/posts/:post/thread",
    answer: async (call) => {
      const post = await postOf(call);
      const rows = await call.site.database.rows(
        "SELECT * FROM posts WHERE $1 IN (id, rootid) AND deleteat = 0 ORDER BY createat, id",
        [post["rootid"] || post["id"]],
      );
      const posts = await Promise.all(rows.map((row) => presented(call.site, row)));
      return {
        body: {
          order: posts.map(({ id }) => id),
          posts: Object.fromEntries(posts.map((each) => [each.id, each])),
          next_post_id: "",
          prev_post_id: "",
          has_next: false,
        },
      };
    },
  },
];

async function requireRoot(site: Site, root: string, channel: string): Promise<void> {
  const found = await site.database.row(
    "SELECT 1 FROM posts WHERE id = $1 AND channelid = $2 AND rootid = '' AND deleteat = 0",
    [root, channel],
  );
  if (found === undefined)
    throw new ApiError(400, "api.post.create_post.root_id.app_error", "Invalid RootId parameter.");
}

async function postOf(call: Call): Promise<Row> {
  const post = await call.site.database.row("SELECT * FROM posts WHERE id = $1 AND deleteat = 0", [
    call.params["post"],
  ]);
  if (post === undefined)
    throw new ApiError(404, "app.post.get.app_error", "Unable to get the post.");
  await requireChannel(call.site, String(post["channelid"]), call);
  return post;
}

/** A post as the API presents it. */
type Post = Readonly<Record<string, unknown>> & { readonly id: string };

async function presented({ database }: Site, post: Row): Promise<Post> {
  const files = await database.rows("SELECT * FROM fileinfo WHERE postid = $1", [post["id"]]);
  const replies = await database.row(
    "SELECT count(*) AS count FROM posts WHERE rootid = $1 AND deleteat = 0",
    [post["rootid"] || post["id"]],
  );
  return {
    id: String(post["id"]),
    create_at: Number(post["createat"]),
    update_at: Number(post["updateat"]),
    edit_at: 0,
    delete_at: Number(post["deleteat"]),
    is_pinned: false,
    user_id: post["userid"],
    channel_id: post["channelid"],
    root_id: post["rootid"],
    original_id: "",
    message: post["message"],
    type: "",
    props: {},
    hashtags: "",
    file_ids: JSON.parse(String(post["fileids"])) as unknown,
    pending_post_id: "",
    remote_id: "",
    reply_count: Number(replies?.["count"]),
    last_reply_at: 0,
    participants: null,
    metadata: files.length === 0 ? {} : { files: files.map(presentedFile) },
  };
}

// Observed: the post is a string of JSON within the event; to everybody in the channel,
// the author included.
async function announce(site: Site, post: Post, author: Row): Promise<void> {
  const channel = await site.database.row("SELECT * FROM channels WHERE id = $1", [
    post["channel_id"],
  ]);
  const members = await site.database.rows(
    "SELECT userid FROM teammembers WHERE teamid = $1 AND deleteat = 0",
    [channel?.["teamid"]],
  );
  const hasFiles = Array.isArray(post["file_ids"]) && post["file_ids"].length > 0;
  site.send(
    members.map((member) => String(member["userid"])),
    "posted",
    {
      channel_display_name: channel?.["displayname"],
      channel_name: channel?.["name"],
      channel_type: channel?.["type"],
      ...(hasFiles ? { image: "true", otherFile: "true" } : {}),
      post: JSON.stringify(post),
      sender_name: `@${String(author["username"])}`,
      set_online: true,
      team_id: channel?.["teamid"],
    },
    { channel_id: post["channel_id"] },
  );
}
