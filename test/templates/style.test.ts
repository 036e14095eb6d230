import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { requirements } from "../../generators/_core/program/requirements.gen.ts";
import { sharedView } from "../../generators/_core/project/shared-view.ts";
import { platforms } from "../../templates/platforms.gen.ts";
import { emit } from "../projects.ts";

const root = join(import.meta.dirname, "../../templates");
const templates = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ejs"))
  .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));

describe.for(templates)("$path", ({ path, text }) => {
  it("prints with <%- alone", () => {
    for (const [tag] of text.matchAll(/<%[^-_%]/g)) expect(tag).toBe("<%- or <%_");
  });

  it("has each control statement alone on its line, in the plain forms", () => {
    for (const line of text.split("\n").filter((candidate) => candidate.includes("<%_"))) {
      expect(line).toMatch(/^<%_ (if \(\w+\) \{|\} else \{|\}|for \(const \w+ of \w+\) \{) _%>$/);
    }
  });

  it("prints names, fields of a row and partials, and computes nothing", () => {
    for (const [, expression = ""] of text.matchAll(/<%- (.*?) -?%>/g)) {
      expect(expression).toMatch(
        /^(\w+(\.\w+)?|include\(('[\w./-]+'|\w+)(, \{ (\w+: '[^']*',? )+\})?\))$/,
      );
    }
  });

  it("holds no trailing space, and no tab but where its format wants them", () => {
    if (!path.endsWith("/Caddyfile.ejs")) expect(text).not.toContain("\t");
    expect(text).not.toMatch(/[ \t]$/m);
  });
});

describe.for(platforms)("the view of $id", (platform) => {
  const { id, systems, questions } = platform;
  const own = templates.filter(
    ({ path }) => path.startsWith(`${id}/`) || path.startsWith("_shared/"),
  );

  it("gives every name to a template, and every name that a template asks for", async () => {
    const { project } = await emit({ platform: id, os: systems });
    const names = namesIn(own.map(({ text }) => text).join("\n"));
    const platformNames = Object.keys(platform.view(project));
    expect(platformNames.filter((name) => !names.has(name))).toEqual([]);
    const known = new Set([...Object.keys(sharedView(project, requirements)), ...platformNames]);
    expect([...names].filter((name) => !known.has(name))).toEqual([]);
  });

  it("asks in words that a prompt can show", () => {
    for (const { message, help } of questions) {
      expect(message).toMatch(/^[A-Z].*[^.:]$/);
      expect(help).toMatch(/^[a-z].*[^.]$/);
    }
  });
});

it("every name of the shared view is used by some template", async () => {
  const { project } = await emit({});
  const names = namesIn(templates.map(({ text }) => text).join("\n"));
  const shared = Object.keys(sharedView(project, requirements));
  expect(shared.filter((name) => !names.has(name))).toEqual([]);
});

/** The names of the view that templates use: not the rows that they loop over. */
function namesIn(text: string): ReadonlySet<string> {
  const printed = [...text.matchAll(/<%- (\w+) -?%>/g)].map(([, name]) => name);
  const asked = [...text.matchAll(/<%_ if \((\w+)\)/g)].map(([, name]) => name);
  const loops = [...text.matchAll(/<%_ for \(const (\w+) of (\w+)\)/g)];
  const included = [...text.matchAll(/<%- include\((\w+)\)/g)].map(([, name]) => name);
  const passed = [...text.matchAll(/include\('[^']*', \{ (.*) \}\)/g)].flatMap(([, values = ""]) =>
    [...values.matchAll(/(\w+): '/g)].map(([, name]) => name),
  );
  const local = new Set([...loops.map(([, row]) => row), ...passed]);
  const names = [...printed, ...asked, ...included, ...loops.map(([, , list]) => list)];
  return new Set(names.filter((name) => name !== undefined).filter((name) => !local.has(name)));
}
