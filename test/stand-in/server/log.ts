import { appendFileSync, chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";

type Level = "info" | "warn" | "error";

/** Writes lines as the real server does: JSON on standard output and in `mattermost.log`, 0600. */
export class Log {
  private file: string | undefined;

  /** From now on lines also go to a file in the folder, if it can be written. */
  open(folder: string): void {
    try {
      mkdirSync(folder, { recursive: true });
      this.file = join(folder, "mattermost.log");
      appendFileSync(this.file, "");
      chmodSync(this.file, 0o600);
    } catch (error) {
      this.file = undefined;
      this.write("error", "Failed to open the log file", { error: String(error) });
    }
  }

  write(level: Level, msg: string, fields: Readonly<Record<string, unknown>> = {}): void {
    const line = `${JSON.stringify({ timestamp: new Date().toISOString(), level, msg, ...fields })}\n`;
    process.stdout.write(line);
    if (this.file !== undefined) appendFileSync(this.file, line);
  }
}
