import { once } from "node:events";
import { createConnection } from "node:net";
import { createInterface } from "node:readline";
import { connect as connectSecurely } from "node:tls";
import { ApiError, noPermission } from "./api-error.ts";
import type { Settings } from "./configuration.ts";
import type { Endpoint } from "./site.ts";

/** The call by which an administrator tries the settings for mail. */
export const mailCalls: readonly Endpoint[] = [
  {
    // Read in the source (testEmail): a message to the administrator who asks. The settings that
    // the real one takes with the request are those of the server here.
    method: "POST",
    path: "/email/test",
    answer: async ({ site, user, isAdministrator }) => {
      if (!isAdministrator) throw noPermission();
      const { EmailSettings } = site.configuration.settings;
      await sendMail(EmailSettings, String(user["email"])).catch((error: unknown) => {
        site.log.write("error", "Failed to send mail", { error: String(error) });
        throw new ApiError(500, "api.admin.test_email.failure", String(error));
      });
      return { body: { status: "OK" } };
    },
  },
];

// The stand-in speaks TLS from the beginning or not at all, and no STARTTLS. Observed: a password is
// sent over TLS only.
async function sendMail(settings: Settings["EmailSettings"], to: string): Promise<void> {
  const { SMTPServer: host, EnableSMTPAuth, SMTPUsername, SMTPPassword } = settings;
  const port = Number(settings.SMTPPort);
  const isSecure = settings.ConnectionSecurity === "TLS";
  const socket = isSecure
    ? connectSecurely({ host, port, servername: host })
    : createConnection({ host, port });
  await once(socket, isSecure ? "secureConnect" : "connect");
  socket.on("error", () => socket.destroy());
  const lines = createInterface(socket)[Symbol.asyncIterator]();
  const say = async (line: string, code: string): Promise<void> => {
    if (line !== "") socket.write(`${line}\r\n`);
    for (;;) {
      const { value, done } = await lines.next();
      if (done === true) throw new Error("the mail server hung up");
      if (!value.startsWith(code)) throw new Error(`the mail server says ${value}`);
      if (value[3] === " ") return;
    }
  };
  await say("", "220");
  await say("EHLO stand-in", "250");
  const account = Buffer.from(`\0${SMTPUsername}\0${SMTPPassword}`).toString("base64");
  if (EnableSMTPAuth && !isSecure) throw new Error("authentication failed: unencrypted connection");
  if (EnableSMTPAuth) await say(`AUTH PLAIN ${account}`, "235");
  await say(`MAIL FROM:<${settings.FeedbackEmail}>`, "250");
  await say(`RCPT TO:<${to}>`, "250");
  await say("DATA", "354");
  await say(`Reply-To: ${settings.ReplyToAddress}\r\n\r\nIt works.\r\n.`, "250");
  socket.end("QUIT\r\n");
}
