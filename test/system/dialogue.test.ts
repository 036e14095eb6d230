import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { makeEarlier } from "../earlier-release.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { checkout, run, succeed } from "./tools.ts";

const command = join(checkout, "dist/command.js");

describe("the dialogue in a terminal", () => {
  it("asks each question in turn, refuses what is wrong, and makes the project", async () => {
    const cwd = temporaryFolder();
    const terminal = open(cwd, `node ${command} made --creator 'Example Org'`);
    await terminal.shows("Platform:");
    await terminal.shows("Docker Compose: ");
    terminal.press("Down", "Enter");
    await terminal.shows("Operating systems:");
    await terminal.shows("◉ Debian 12 (official)");
    await terminal.shows("◯ Rocky Linux 9 (unofficial)");
    terminal.press("Enter");
    await terminal.shows("Name of the solution");
    terminal.type("Mattermost in a box");
    terminal.press("Enter");
    await terminal.shows('expected a name that does not start with "Mattermost"');
    terminal.press("C-u");
    terminal.type("Example Linux deployment");
    terminal.press("Enter");
    await terminal.shows("Target tier of the program:");
    await terminal.shows("❯ Certified");
    terminal.press("Up", "Enter");
    await terminal.shows("Edition of the server:");
    terminal.press("Enter");
    await terminal.shows("Version of the server: (11.7.9)");
    terminal.type("11.10.0");
    terminal.press("Enter");
    await terminal.shows("support for 11.10 ended on 2026-11-15");
    terminal.press("C-u");
    terminal.type("11.7.9");
    terminal.press("Enter");
    await terminal.shows("Example Linux deployment for Mattermost by Example Org");
    await terminal.shows("ended with 0");
    const stored = readFileSync(join(cwd, "made/.yo-rc.json"), "utf8");
    expect(JSON.parse(stored)).toMatchObject({
      "generator-mattermost-deployment": {
        platform: "linux",
        name: "Example Linux deployment",
        creator: "Example Org",
        tier: "registered",
        upgrade: false,
      },
    });
  });

  it("shows what both sides changed, asks, and does as it is told", async () => {
    const cwd = temporaryFolder();
    succeed("node", [command, "made", "--creator", "Example Org", "--defaults"], { cwd });
    const script = join(cwd, "made/lib/settings.sh");
    const now = readFileSync(script, "utf8");
    makeEarlier(join(cwd, "made"), "lib/settings.sh", (text) =>
      text.split("\n").with(1, "# The settings, of an earlier release.").join("\n"),
    );
    writeFileSync(script, readFileSync(script, "utf8").replace("earlier release", "Example Org"));
    const asking = open(cwd, `node ${command} made`);
    await asking.shows("lib/settings.sh: both you and the new version changed");
    await asking.shows("❯ Decide later");
    asking.press("Up", "Up");
    await asking.shows("❯ Take the new version");
    asking.press("Enter");
    await asking.shows("update   lib/settings.sh  (settled as you decided)");
    await asking.shows("mattermost-deployment undo takes this run back.");
    await asking.shows("ended with 0");
    expect(readFileSync(script, "utf8")).toBe(now);
  });

  it("ends cleanly when it is interrupted, with nothing written", async () => {
    const cwd = temporaryFolder();
    const terminal = open(cwd, `node ${command} made`);
    await terminal.shows("Platform:");
    terminal.press("C-c");
    await terminal.shows("ended with 130");
    expect(terminal.screen()).not.toMatch(/\bat .*\.js:\d+/);
    expect(run("ls", ["-A", cwd]).out).toBe("");
  });
});

/** A terminal of 120 by 60 in which a command runs. */
function open(cwd: string, line: string) {
  const socket = `test-${randomBytes(6).toString("hex")}`;
  const tmux = (...args: readonly string[]) =>
    succeed("tmux", ["-L", socket, "-f", "/dev/null", ...args]);
  const shell = `cd '${cwd}'; ${line}; echo "ended with $?"; sleep 60`;
  tmux("new-session", "-d", "-x", "120", "-y", "60", `LANG=C.UTF-8 bash -c ${quoted(shell)}`);
  onTestFinished(() => void run("tmux", ["-L", socket, "kill-server"]));
  const screen = () => tmux("capture-pane", "-p", "-J");
  return {
    screen,
    press: (...keys: readonly string[]) => void tmux("send-keys", ...keys),
    type: (text: string) => void tmux("send-keys", "-l", text),
    /** Waits until a text is on the screen. */
    shows: async (text: string) => {
      for (let tries = 0; tries < 150; tries += 1) {
        if (screen().includes(text)) return;
        await sleep(100);
      }
      throw new Error(`${text} did not appear; the screen shows:\n${screen()}`);
    },
  };
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
