import { writeFileSync } from "node:fs";
import { execute } from "./execute.ts";
import type { GuardedFolder } from "./guarded-folder.ts";

/** A network namespace with one cable to this machine. */
export interface Network {
  /** As `ip netns` names it. */
  readonly name: string;
  /** The address of this machine as seen from inside. */
  readonly host: string;
  /** The address of what runs inside. */
  readonly address: string;
}

/** The third part of the addresses: 10.77.61.0/24 and those after it. */
const [first, last] = [61, 119];

/** Makes a network namespace of its own, with a way to the internet or without. */
export async function makeNetwork(folder: GuardedFolder, internet: boolean): Promise<Network> {
  const number = await takeNumber();
  const name = nameOf(number);
  const [host, address] = [`10.77.${number}.1`, `10.77.${number}.2`];
  const range = `10.77.${number}.0/24`;
  folder.undoWith(`ip netns delete ${name}; ip link delete ${name} 2>/dev/null`);
  await ip(`link add ${name} type veth peer name host0 netns ${name}`);
  await ip(`address add ${host}/24 dev ${name}`);
  await ip(`link set ${name} up`);
  await ip(`-n ${name} address add ${address}/24 dev host0`);
  await ip(`-n ${name} link set host0 up`);
  await ip(`-n ${name} link set lo up`);
  if (internet) {
    await ip(`-n ${name} route add default via ${host}`);
    writeFileSync("/proc/sys/net/ipv4/ip_forward", "1");
    // Another engine on this machine may have closed FORWARD for all but its own.
    for (const rule of [
      `-t nat -%s POSTROUTING -s ${range} ! -d ${range} -j MASQUERADE`,
      `-%s FORWARD -i ${name} -j ACCEPT`,
      `-%s FORWARD -o ${name} -j ACCEPT`,
    ]) {
      folder.undoWith(`iptables -w ${rule.replace("%s", "D")}`);
      await execute("iptables", ["-w", ...rule.replace("%s", "I").split(" ")]);
    }
  }
  return { name, host, address };
}

const ip = (words: string) => execute("ip", words.split(" "));

// Making the namespace is what takes the number: it fails when somebody has it.
async function takeNumber(): Promise<number> {
  for (let number = first; number <= last; number += 1) {
    const { code, error } = await execute("ip", ["netns", "add", nameOf(number)], {
      mayFail: true,
    });
    if (code === 0) return number;
    if (!error.includes("File exists")) throw new Error(`no network namespace: ${error}`);
  }
  throw new Error(`all networks from 10.77.${first}.0 to 10.77.${last}.0 are taken`);
}

const nameOf = (number: number) => `mmdeploy${number}`;
