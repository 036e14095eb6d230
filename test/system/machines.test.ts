import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { execute } from "../machines/execute.ts";
import { bootMachine, type Machine } from "../machines/machine.ts";
import { requirePrograms } from "../machines/requirements.ts";
import { checkout } from "./tools.ts";

describe("what a test starts", () => {
  it("goes when the test is killed", async () => {
    const machines = join(import.meta.dirname, "../machines");
    const script = `
      import { guardedFolder } from "${machines}/guarded-folder.ts";
      import { makeNetwork } from "${machines}/network.ts";
      const folder = await guardedFolder("killed");
      const network = await makeNetwork(folder, true);
      console.log(folder.path, network.name);
      process.kill(process.pid, "SIGKILL");`;
    const words = ["--import", "tsx", "--input-type=module", "-e", script];
    const { out } = await execute(process.execPath, words, { cwd: checkout, mayFail: true });
    const [folder = "", network = ""] = out.trim().split(" ");
    expect(network).toMatch(/^mmdeploy\d+$/);
    await vi.waitUntil(() => !existsSync(folder), { timeout: 10_000 });
    expect((await execute("ip", ["netns", "list"])).out.split(/\s/)).not.toContain(network);
    expect((await execute("iptables", ["-S", "FORWARD"])).out).not.toContain(`${network} `);
  });

  it("says what this machine lacks for it", () => {
    expect(() => requirePrograms("a machine", ["no-such-program"])).toThrow(
      /^a machine needs no-such-program; run npm run test:system as root on Debian 12 or later$/,
    );
  });
});

describe("a machine", () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await bootMachine();
  });
  afterAll(() => machine.remove());

  it("runs Debian 12 with systemd, and knows nothing of this machine's environment", async () => {
    const { out } = await machine.exec("cat /etc/debian_version; ps -o comm= 1; env");
    expect(out).toMatch(/^12\.\d+\nsystemd\n/);
    expect(out).not.toContain("npm_");
  });
});
