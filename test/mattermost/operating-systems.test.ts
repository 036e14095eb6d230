import { expect, it } from "vitest";
import { operatingSystems } from "../../generators/_core/mattermost/operating-systems.ts";

it("has the official systems that the documentation names from version 12 on", () => {
  expect(idsOf("official")).toEqual(["ubuntu-22.04", "ubuntu-24.04", "debian-12", "rhel-9"]);
});

it("has equivalents of the program's closed list alone", () => {
  expect(idsOf("equivalent")).toEqual([
    "oracle-linux-9",
    "centos-stream-9",
    "amazon-linux-2023",
    "scientific-linux-7",
  ]);
});

function idsOf(standing: string) {
  return operatingSystems.filter((system) => system.standing === standing).map(({ id }) => id);
}
