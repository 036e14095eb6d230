import { expect, it } from "vitest";
import { factsOf, type Texts } from "../facts-of.ts";

const everything = ["configuration", "data", "database", "replacement", "start"];
const script = `#!/bin/sh
systemctl stop mattermost
pg_dump mattermost >backup/database.sql
cp -a /opt/mattermost/config /opt/mattermost/data backup/
tar -xzf mattermost.tar.gz -C /opt
cp -a backup/config backup/data /opt/mattermost/
systemctl start mattermost
`;

interface Case {
  readonly title: string;
  readonly upgrade: string;
  readonly parts?: Texts;
  readonly steps: readonly string[];
  readonly late?: readonly string[];
  readonly isLost?: boolean;
}

const cases: readonly Case[] = [
  { title: "a script that does all of it", upgrade: script, steps: everything },
  {
    title: "steps in functions",
    upgrade: `#!/bin/bash
keep() {
  local folder
  for folder in config data; do
    rsync -a "/srv/chat/$folder/" "$BACKUP/$folder/"
  done
  as_owner pg_dump -Fc mattermost >"$BACKUP/dump"
}
as_owner() { sudo -u postgres "$@"; }
main() {
  if ! keep; then exit 1; fi
  ln -sfn "/opt/mattermost-$1" /opt/mattermost
  systemctl restart mattermost
}
main "$@"
`,
    steps: everything,
  },
  {
    title: "steps in a library",
    upgrade: "#!/bin/sh\n. lib/keep.sh\nkeep\ndocker compose pull\ndocker compose up -d\n",
    parts: { "lib/keep.sh": "keep() {\n  pg_dump x\n  tar -cf backup.tar config data\n}\n" },
    steps: everything,
  },
  {
    title: "steps in another script",
    upgrade: "#!/bin/sh\nset -e\n./scripts/backup.sh\ndocker compose up -d\n",
    parts: {
      "scripts/backup.sh":
        "docker compose exec -T db sh -c 'pg_dump mm' >dump\ncp -a volumes/app backup/\n",
    },
    steps: everything,
  },
  {
    title: "a copy of the whole installation",
    upgrade: `#!/bin/sh
mysqldump mattermost >b.sql
cp -a /opt/mattermost /opt/mattermost-backup
cp -r /tmp/mattermost-new/* /opt/mattermost/
cp /opt/mattermost-backup/config/config.json /opt/mattermost/config/
service mattermost start
`,
    steps: everything,
  },
  {
    title: "tasks of a play",
    upgrade: `- name: Save the configuration
  copy:
    src: /opt/mattermost/config/config.json
    dest: /var/backups/
- name: Save the data
  archive:
    path: /opt/mattermost/data
    dest: /var/backups/data.tgz
- command: pg_dump mattermost -f /var/backups/dump
- unarchive:
    src: mattermost.tar.gz
    dest: /opt
- service:
    name: mattermost
    state: restarted
`,
    steps: everything,
  },
  {
    title: "an empty script",
    upgrade: "#!/bin/sh\n",
    steps: [],
  },
  {
    title: "comments",
    upgrade: script.replace(/^(?!#)/gm, "# "),
    steps: [],
  },
  {
    title: "words that are printed",
    upgrade: script.replace(/^(?!#)(.+)$/gm, 'echo "$1"'),
    steps: [],
  },
  {
    title: "a printed text over several lines",
    upgrade: `#!/bin/sh\ncat <<'END'\n${script}END\n`,
    steps: [],
  },
  {
    title: "the names of tasks",
    upgrade:
      "- name: Run pg_dump, copy config and data to the backup, unarchive, started\n  debug:\n    msg: done\n",
    steps: [],
  },
  {
    title: "a function that nothing calls",
    upgrade: `#!/bin/sh\nkeep() {\n  pg_dump mattermost\n  cp -a config data backup/\n}\ndocker compose up -d\n`,
    steps: ["replacement", "start"],
  },
  {
    title: "what never runs",
    upgrade: `#!/bin/sh\nif false; then\n  pg_dump mattermost\nfi\ndocker compose up -d\nexit 0\n${script}`,
    steps: ["replacement", "start"],
  },
  {
    title: "a look at a program",
    upgrade: "#!/bin/sh\ncommand -v pg_dump\npg_dump --version\nwhich rsync\n",
    steps: [],
  },
  {
    title: "copies that come after the replacement",
    upgrade: `#!/bin/sh
tar -xzf mattermost.tar.gz -C /opt
pg_dump mattermost >b.sql
cp -a config data backup/
systemctl start mattermost
`,
    steps: ["replacement", "start"],
    late: ["configuration", "data", "database"],
  },
  {
    title: "containers that are replaced before the database is kept",
    upgrade:
      "#!/bin/sh\ncp -a volumes backup/\ndocker compose pull\ndocker compose up -d\npg_dump mm >b.sql\n",
    steps: ["configuration", "data", "replacement", "start"],
    late: ["database"],
  },
  {
    title: "an installation that is removed, config.json with it",
    upgrade: `#!/bin/sh
pg_dump mattermost >b.sql
cp -a /opt/mattermost/config /opt/mattermost/data backup/
rm -rf /opt/mattermost
tar -xzf mattermost.tar.gz -C /opt
systemctl start mattermost
`,
    steps: everything,
    isLost: true,
  },
  {
    title: "an installation that is removed, config.json put back",
    upgrade: script.replace("tar -xzf", "rm -rf /opt/mattermost\ntar -xzf"),
    steps: everything,
  },
  {
    title: "nothing that brings another version",
    upgrade:
      "#!/bin/sh\npg_dump mattermost\ncp -a config data backup/\nsystemctl restart mattermost\n",
    steps: ["configuration", "data", "database", "start"],
  },
];

it.for(cases)(
  "$title: $steps",
  async ({ upgrade, parts = {}, steps, late = [], isLost = false }) => {
    const path = upgrade.startsWith("-") ? "upgrade.yml" : "bin/upgrade";
    const facts = await factsOf({
      "README.md": `## Upgrade\n\n\`\`\`sh\n${path === "upgrade.yml" ? "ansible-playbook upgrade.yml" : path}\n\`\`\`\n`,
      [path]: upgrade,
      ...parts,
    });
    expect(Object.keys(facts.upgrade.steps).toSorted()).toEqual(steps);
    expect(Object.keys(facts.upgrade.late).toSorted()).toEqual(late);
    expect(facts.upgrade.lost !== undefined).toBe(isLost);
  },
);

it("names the line of each step", async () => {
  const facts = await factsOf({
    "README.md": "## Upgrade\n\n    bin/upgrade\n",
    "bin/upgrade": script,
  });
  const lines = Object.entries(facts.upgrade.steps).map(([step, { line }]) => [step, line]);
  expect(Object.fromEntries(lines)).toEqual({
    configuration: 4,
    data: 4,
    database: 3,
    replacement: 5,
    start: 7,
  });
});

it.for([
  ["commands within commands", "$(".repeat(50_000)],
  ["quotes within commands", '"$('.repeat(50_000)],
  ["here-documents", `cat ${"<<A ".repeat(50_000)}\n${"A\n".repeat(100)}`],
  ["functions that call each other", "a() { b; b; }\nb() { a; a; }\na\n"],
  ["variables that name each other", 'A="$B $B"\nB="$A $A"\ncp $A $B $A\n'.repeat(500)],
] as const)("comes to an end for %s", async ([, text]) => {
  const facts = await factsOf({
    "README.md": "## Upgrade\n\n    bin/upgrade\n",
    "bin/upgrade": `#!/bin/sh\n${text}`,
  });
  expect(facts.upgrade.ways).toHaveLength(1);
});
