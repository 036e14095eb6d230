import { once } from "node:events";
import type { Socket } from "node:net";
import { createInterface } from "node:readline";
import { createServer } from "node:tls";

/** A mail server that takes everything and keeps it. */
export interface MailServer {
  readonly port: number;
  /** All that clients said, line by line. */
  readonly heard: readonly string[];
  close(): void;
}

/**
 * Starts one at an address of this machine, which speaks TLS from the beginning; it offers AUTH PLAIN
 * and takes any password.
 */
export async function startMailServer(
  host: string,
  certificate: { readonly key: Buffer; readonly cert: Buffer },
): Promise<MailServer> {
  const heard: string[] = [];
  const server = createServer(certificate, (socket) => converse(socket, heard)).listen(0, host);
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return { port: address.port, heard, close: () => void server.close() };
}

function converse(socket: Socket, heard: string[]): void {
  let isMessage = false;
  socket.on("error", () => {});
  socket.write("220 mail.example.org\r\n");
  createInterface(socket).on("line", (line) => {
    heard.push(line);
    if (isMessage && line !== ".") return;
    isMessage = line === "DATA";
    socket.write(`${answers[line.split(" ")[0] ?? ""] ?? "250 OK"}\r\n`);
  });
}

const answers: Readonly<Record<string, string>> = {
  EHLO: "250-mail.example.org\r\n250 AUTH PLAIN",
  AUTH: "235 OK",
  DATA: "354 Go on",
  QUIT: "221 Bye",
};
