import { existsSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

/** Makes the process that held a project a dead one, as after a kill: it runs this test, and lives. */
export function bury(folder: string): void {
  const running = join(folder, ".mattermost-deployment/running");
  if (existsSync(running)) writeFileSync(running, `${hostname()} 4194305\n`);
}
