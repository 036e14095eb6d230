import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import licenseTexts from "spdx-license-list/full.js";
import { answersSchema } from "../generators/_core/project/answers/answers-schema.ts";
import { licenses } from "../generators/_core/project/licenses.ts";
import type { Platform } from "../generators/_core/project/platform.ts";
import { questionTable } from "../generators/_core/project/answers/question-table.ts";
import { programHeadings, type Requirement } from "../generators/_core/program/requirement.ts";
import { tiers } from "../generators/_core/program/tier.ts";

/**
 * Writes every file that follows from others, or with `--check` says which of them are behind and
 * exits 1.
 */
const root = join(import.meta.dirname, "..");
const isCheck = process.argv.includes("--check");
const note = "Derived by `npm run derive`; edit what it derives from instead.";

const requirements = await loadRequirements();
const platforms = await loadPlatforms();

const stale: string[] = [];
await derive("generators/_core/program/requirements.gen.ts", requirementRegistry(requirements));
await derive("templates/platforms.gen.ts", platformRegistry(platforms));
await derive(
  "schemas/answers.schema.json",
  `${JSON.stringify(answersSchema(platforms), null, 2)}\n`,
);
await derive(
  "README.md",
  withRegions("README.md", {
    questions: questionTable(platforms),
    platforms: platformTable(platforms),
    requirements: requirementTable(requirements),
  }),
);

for (const { id } of licenses) {
  await derive(`templates/_shared/partials/licenses/${id}.ejs`, licenseTemplate(id));
}

if (isCheck && stale.length > 0) {
  console.error(`behind what they derive from: ${stale.join(", ")}; run npm run derive`);
  process.exitCode = 1;
}

async function derive(path: string, text: string): Promise<void> {
  const isTemplate = path.endsWith(".ejs");
  const formatted = isTemplate ? text : await format(text, { filepath: path, printWidth: 100 });
  if (formatted === readFileIfThere(path)) return;
  stale.push(path);
  if (!isCheck) writeFileSync(join(root, path), formatted);
}

async function loadRequirements(): Promise<readonly Requirement[]> {
  const folder = "generators/_core/program/requirements";
  const list = await Promise.all(
    readdirSync(join(root, folder)).map(async (name) => {
      const module: { default: Requirement } = await import(join(root, folder, name));
      return module.default;
    }),
  );
  return list.toSorted((a, b) => orderOf(a) - orderOf(b) || (a.id < b.id ? -1 : 1));
}

/** By tier first, then as the program's page goes. */
function orderOf({ tier, source }: Requirement): number {
  return tiers.findIndex(({ id }) => id === tier) * 100 + programHeadings.indexOf(source);
}

async function loadPlatforms(): Promise<readonly Platform[]> {
  const folders = readdirSync(join(root, "templates"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("_"))
    .map(({ name }) => name)
    .toSorted();
  return Promise.all(
    folders.map(async (name) => {
      const module: { default: Platform } = await import(
        join(root, "templates", name, "platform.ts")
      );
      return module.default;
    }),
  );
}

function requirementRegistry(list: readonly Requirement[]): string {
  return registry(
    list.map(({ id }) => ({ id, path: `./requirements/${id}.ts` })),
    'import type { Requirement } from "./requirement.ts";',
    "/** Every requirement of the program: by tier, then as its page goes. */",
    "requirements: readonly Requirement[]",
  );
}

function platformRegistry(list: readonly Platform[]): string {
  return registry(
    list.map(({ id }) => ({ id, path: `./${id}/platform.ts` })),
    'import type { Platform } from "../generators/_core/project/platform.ts";',
    "/** Every platform, by its id. */",
    "platforms: readonly Platform[]",
  );
}

function registry(
  modules: readonly { readonly id: string; readonly path: string }[],
  typeImport: string,
  comment: string,
  declaration: string,
): string {
  const imports = modules.map(({ id, path }) => `import ${camelCase(id)} from "${path}";`);
  const list = modules.map(({ id }) => camelCase(id)).join(", ");
  return `// ${note}\n${typeImport}\n${imports.join("\n")}\n\n${comment}\nexport const ${declaration} = [${list}];\n`;
}

function camelCase(id: string): string {
  return id.replace(/-./g, ([, letter = ""]) => letter.toUpperCase());
}

function platformTable(list: readonly Platform[]): string {
  const rows = list.map(
    ({ id, title, summary, versionLine }) =>
      `| \`${id}\` | ${title}: ${summary} | \`${versionLine.variable}\` in \`${versionLine.path}\` |`,
  );
  return ["| Platform | What it makes | Version line |", "| --- | --- | --- |", ...rows].join("\n");
}

function requirementTable(list: readonly Requirement[]): string {
  const rows = list.map(({ id, tier, title }) => `| \`${id}\` | ${tier} | ${title} |`);
  return ["| Requirement | Tier | What must be there |", "| --- | --- | --- |", ...rows].join("\n");
}

/** The text of a licence with the holder of the copyright in place of its placeholders. */
function licenseTemplate(id: string): string {
  const license = licenseTexts[id];
  if (!license) throw new Error(`no licence text for ${id}`);
  const holder = "Copyright (c) <%- copyrightHolder %>";
  return license.licenseText
    .replace(/^Copyright \(c\) (<year>|2004).*(\nCopyright \(c\) 1995.*)?$/m, holder)
    .replace(/^Copyright \(C\) YEAR by AUTHOR EMAIL$/m, holder)
    .replace("Copyright [yyyy] [name of copyright owner]", holder)
    .replaceAll("AND ISC DISCLAIMS", "AND THE AUTHOR DISCLAIMS")
    .replaceAll("SHALL ISC BE", "SHALL THE AUTHOR BE")
    .replace(/[ \t]+$/gm, "")
    .replaceAll("\t", "    ")
    .trimEnd()
    .concat("\n");
}

function withRegions(path: string, regions: Readonly<Record<string, string>>): string {
  return Object.entries(regions).reduce(
    (text, [id, body]) => {
      const region = new RegExp(`(<!-- derived:${id} -->\n)[\\s\\S]*?(\n<!-- /derived:${id} -->)`);
      if (!region.test(text)) throw new Error(`${path} has no region derived:${id}`);
      return text.replace(region, (_, begin: string, end: string) => `${begin}\n${body}\n${end}`);
    },
    readFileIfThere(path) ?? "",
  );
}

function readFileIfThere(path: string): string | undefined {
  try {
    return readFileSync(join(root, path), "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
    throw cause;
  }
}
