import { expect, it } from "vitest";
import { isProjectPath } from "../../generators/_core/plan/project-path.ts";

it.for([
  "README.md",
  "bin/upgrade",
  ".gitignore",
  ".github/workflows/check.yml",
  "lib/größer/e\u0301te\u0301.sh",
  "脚本/服务器.sh",
  "with spaces/(old), v2!/[a] #1 & more's.sh",
  "mattermost-deployment/lock.json",
])("a file of a project may be called %s", (path) => {
  expect(isProjectPath(path)).toBe(true);
});

it.for([
  "",
  "/etc/passwd",
  "../outside",
  "a/../../outside",
  "a//b",
  "./a",
  "a/.",
  "C:/windows",
  "a\\b",
  "a\nb",
  "a\u0000b",
  "a\u200bb",
  "a\u202eb",
  "\ud800",
  "not a text \ufffd",
  ".git/config",
  "sub/.GIT/hooks/pre-commit",
  ".g\u0131t/config",
  ".ｇｉｔ/config",
  ".git./config",
  ".git /config",
  "GIT~1/config",
  "．．/outside",
  ".mattermost-deployment/lock.json",
  ".Mattermost-Deployment/undo/forward.json",
  ".mattermo\u017ft-deployment/lock.json",
  ".yo-rc.json",
  ".YO-RC.JSON",
  `${"é".repeat(121)}.sh`,
  "a/".repeat(120) + "b",
])("no file of a project is called %j", (path) => {
  expect(isProjectPath(path)).toBe(false);
});
