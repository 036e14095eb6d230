import { setTimeout } from "node:timers/promises";
import type { Engine } from "../machines/engine.ts";

/** A process of a container that stands still in the middle of its work. */
export interface CaughtProcess {
  /** Lets it go on. */
  release(): void;
  /** Kills it. */
  kill(): void;
}

/** Waits for a process in the container of a service, and stops it on the spot. */
export async function catchProcess(
  engine: Engine,
  service: string,
  line: RegExp,
): Promise<CaughtProcess> {
  for (let attempt = 0; attempt < 2000; attempt += 1) {
    const words = ["top", `chat-${service}-1`, "-eo", "pid,args"];
    const { out } = await engine.docker(words, { mayFail: true });
    const found = out.split("\n").map((text) => /^\s*(\d+)\s+(.*)$/.exec(text));
    const pid = Number(found.find((match) => line.test(match?.[2] ?? ""))?.[1]);
    if (pid > 0) {
      process.kill(pid, "SIGSTOP");
      return {
        release: () => process.kill(pid, "SIGCONT"),
        kill: () => process.kill(pid, "SIGKILL"),
      };
    }
    await setTimeout(20);
  }
  throw new Error(`${line} was never seen in ${service}`);
}
