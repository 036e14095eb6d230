import { findOperatingSystem, type OperatingSystem } from "../../mattermost/operating-systems.ts";
import { defineRequirement } from "../requirement.ts";
import type { Solution } from "../solution.ts";
import type { Statement } from "../statement.ts";
import type { Subject } from "../subject.ts";
import { fillSlots, type Wording } from "../wording.ts";

const wordings = [
  {
    since: "2017-02-02",
    text: "This deployment uses [OPERATING_SYSTEM] as an equivalent to the officially supported version of Red Hat Enterprise Linux.",
  },
] as const satisfies readonly Wording[];

/** One sentence for each equivalent to Red Hat Enterprise Linux that a solution supports. */
export default defineRequirement({
  id: "installation-rhel-equivalent",
  tier: "community",
  title: "README names each system that stands in for Red Hat Enterprise Linux",
  source: "Installation",
  evidence: { kind: "text", wordings, sentences, statements },
  advice: "Write the program's sentence once for each equivalent system into the README.",
  appliesTo: (subject) => equivalents(subject).length > 0,
  isLenient: ({ systems: all }) => all.some(({ standing }) => standing === "official"),
  readme: {
    section: "systems",
    markdown: (solution) => sentences(solution).join("\n\n"),
  },
  examples: {
    met: [
      {
        title: "the sentence for Oracle Linux",
        files: {
          "README.md":
            "This deployment uses Oracle Linux 9 as an equivalent to the officially supported version of Red Hat Enterprise Linux.\n",
        },
        solution: { systems: systems("oracle-linux-9") },
      },
    ],
    unmet: [
      {
        title: "an empty repository",
        files: {},
        solution: { systems: systems("oracle-linux-9") },
      },
      {
        title: "the sentence for one of two equivalents",
        files: {
          "README.md":
            "This deployment uses Oracle Linux 9 as an equivalent to the officially supported version of Red Hat Enterprise Linux.\n",
        },
        solution: { systems: systems("oracle-linux-9", "centos-stream-9") },
      },
      {
        title: "a placeholder in place of the system",
        files: {
          "README.md":
            "This deployment uses [OPERATING_SYSTEM] as an equivalent to the officially supported version of Red Hat Enterprise Linux.\n",
        },
        solution: { systems: systems("oracle-linux-9") },
      },
    ],
  },
});

function statements(subject: Subject): readonly Statement[] {
  return equivalents(subject).map(({ title }) => ({
    wordings,
    slots: { OPERATING_SYSTEM: { kind: "own", mentions: familyOf(title) } },
    required: ["as an equivalent to the officially supported version of red hat enterprise linux"],
  }));
}

/** `Oracle Linux 9` is named where `Oracle Linux` is. */
function familyOf(title: string): string {
  return title.replace(/ (Stream )?[\d.]+$/, "");
}

function sentences(solution: Solution): readonly string[] {
  return equivalents(solution).map(({ title }) =>
    fillSlots(wordings[0].text, { OPERATING_SYSTEM: title }),
  );
}

function equivalents({ systems }: Subject): readonly OperatingSystem[] {
  return systems.filter(({ standing }) => standing === "equivalent");
}

function systems(...ids: readonly string[]): readonly OperatingSystem[] {
  return ids.map(findOperatingSystem).filter((system) => system !== undefined);
}
