import { createSocket } from "node:dgram";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";
import type { Settings } from "./configuration.ts";

/**
 * Opens what the server has beside its main port: the metrics, when they are enabled (which the real
 * one wants a licence for), and the ports that the Calls plugin takes from its environment variables.
 * What comes to the latter goes back as it is; the real ones speak RTC there.
 */
export function openSidePorts({ MetricsSettings }: Settings): void {
  const { Enable, ListenAddress } = MetricsSettings;
  const metrics = createHttpServer((_request, response) => response.end("mattermost_metrics 1\n"));
  if (Enable) metrics.listen(Number(ListenAddress.split(":").at(-1))).unref();
  const { MM_CALLS_UDP_SERVER_PORT: udp, MM_CALLS_TCP_SERVER_PORT: tcp } = process.env;
  if (udp !== undefined) {
    const socket = createSocket("udp4").unref();
    socket.on("message", (bytes, { port, address }) => socket.send(bytes, port, address));
    socket.bind(Number(udp));
  }
  const echo = createServer((socket) => socket.on("error", () => {}).pipe(socket));
  if (tcp !== undefined) echo.listen(Number(tcp)).unref();
}
