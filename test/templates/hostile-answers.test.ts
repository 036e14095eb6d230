import { describe, expect, it } from "vitest";
import { judgeRepository } from "../../generators/_core/audit/judge-repository.ts";
import { snapshotOf } from "../../generators/_core/repository/snapshot.ts";
import { platforms } from "../../templates/platforms.gen.ts";
import { emit, today } from "../projects.ts";

const hostile = [
  "double \" and single ' quotes",
  "`touch pwned` and $(touch pwned)",
  "${HOME} $HOME %s \\n \\",
  "--> <!-- <script>alert(1)</script>",
  "[link](https://example.org) ![image](x) **bold** _italic_",
  "a: b # c | d & e; f > g",
  "{{ mustache }} ${{ secrets.TOKEN }} <%= 1 %>",
  "Ünïcödé 測試 🚀 עברית é",
  "-n --help",
  "# heading",
  "closing ###",
  "`` two ` backticks ```",
];

describe.for(platforms.map(({ id }) => id))("on %s", (platform) => {
  it.for(hostile)(
    "the name and creator %j reach documents alone, and as they are",
    async (text) => {
      const { files, project } = await emit({ platform, name: text, creator: text });
      const report = await judgeRepository(snapshotOf(files), {
        today,
        packageVersion: "1.0.0",
        subject: project,
      });
      expect(report.tier).toBe("certified");
      const plain = await emit({ platform });
      const documents = ["README.md", "LICENSE"];
      for (const [path, content] of plain.files) {
        if (!documents.includes(path)) expect(files.get(path), path).toBe(content);
      }
      expect(files.get("LICENSE")).toContain(`Copyright (c) ${text}\n`);
    },
  );
});
