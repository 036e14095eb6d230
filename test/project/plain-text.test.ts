import { describe, expect, it } from "vitest";
import {
  plainTextExpectation,
  solutionNameExpectation,
} from "../../generators/_core/project/plain-text.ts";

describe("the name of a solution", () => {
  it.for([
    "Docker deployment",
    "Ünïcödé 🚀",
    '`$(rm -rf)` "quoted"',
    "Tools for a Mattermost server",
  ])("may be %j", (name) => {
    expect(solutionNameExpectation(name)).toBeUndefined();
  });

  it.for([
    "Mattermost deployment",
    "mattermost",
    '"Mattermost" deployment',
    "\u200BMattermost deployment",
    "Ｍattermost deployment",
    "Docker for Mattermost by Example Org",
    "Docker for  mattermost",
    "[NAME]",
    "",
    "   ",
    "\u200B",
    " padded",
    "two\nlines",
    "tab\there",
    "bell\u0007",
    "reversed \u202E text",
    "line\u2028separator",
    "x".repeat(101),
  ])("may not be %j", (name) => {
    expect(solutionNameExpectation(name)).toMatch(/^expected /);
  });

  it("may start with Mattermost where it is the creator's", () => {
    expect(plainTextExpectation("Mattermost fans of Example City")).toBeUndefined();
  });
});
