import { setTimeout } from "node:timers/promises";
import { callSite, type SiteAddress } from "./docker-site.ts";

/** Does something and prints how long it took; nothing depends on it. */
export async function measure<T>(what: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  print(what, performance.now() - start);
  return result;
}

/** Asks a site ten times a second whether it is there; `stop` prints the longest time that it was not. */
export async function measureDowntime(site: SiteAddress) {
  const over = new AbortController();
  let longest = 0;
  let answered = performance.now();
  const ask = async (): Promise<void> => {
    const isUp = await callSite(site, "GET /system/ping").then(
      ({ status }) => status === 200,
      () => false,
    );
    const now = performance.now();
    if (isUp) {
      longest = Math.max(longest, now - answered);
      answered = now;
    }
    if (over.signal.aborted) return;
    await setTimeout(100);
    await ask();
  };
  const asking = ask();
  return {
    async stop(what: string): Promise<void> {
      over.abort();
      await asking;
      print(what, longest);
    },
  };
}

function print(what: string, milliseconds: number): void {
  process.stdout.write(`measured: ${what}: ${(milliseconds / 1000).toFixed(1)} s\n`);
}
