import type { Facts, Place, UpgradeStep } from "../../program/facts.ts";
import type { Files } from "../../program/requirement.ts";
import type { ScriptFile } from "./script-library.ts";
import { isAside } from "./text-lines.ts";
import { traceScript, type TracedDeed } from "./trace-script.ts";
import type { UpgradeDeed } from "./upgrade-deed.ts";

/** Where an upgrade does each step of the procedure, and which steps it does in vain. */
export type UpgradeProcedure = Pick<Facts["upgrade"], "steps" | "late" | "lost">;

/** What has to be kept before the installation is replaced. */
const kept = ["configuration", "data", "database"] as const;

/** Follows a script through the procedure, in the order in which it runs. */
export function upgradeProcedure(script: ScriptFile, files: Files): UpgradeProcedure {
  const deeds = traceScript(script, partsOf(script, files));
  const isReplacing = deeds.some(({ deed }) => deed === "replacement");
  const replacing: UpgradeDeed = isReplacing ? "replacement" : "fetch";
  const last = deeds.findLastIndex(({ deed }) => deed === replacing);
  const steps: Partial<Record<UpgradeStep, Place>> = {};
  const late: Partial<Record<UpgradeStep, Place>> = {};
  for (const step of kept) {
    const at = deeds.findIndex(({ deed }) => deed === step);
    const place = deeds[at]?.place;
    if (!place) continue;
    if (last === -1 || at < last) steps[step] = place;
    else late[step] = place;
  }
  const replacement = deeds[last]?.place;
  if (replacement) steps.replacement = replacement;
  const start = deeds.findLast(({ deed }, index) => deed === "start" && index >= last);
  if (start) steps.start = start.place;
  return { steps, late, lost: lostIn(deeds) };
}

/** The removal after which nothing puts back what was kept; `undefined` where nothing is lost. */
function lostIn(deeds: readonly TracedDeed[]): Place | undefined {
  const at = deeds.findLastIndex(({ deed }) => deed === "removal");
  const behind = deeds.slice(at + 1);
  const isReplaced = behind.some(({ deed }) => deed === "replacement" || deed === "fetch");
  const isBack = (deed: UpgradeDeed) => behind.some((other) => other.deed === deed);
  const isWhole = isBack("configuration-return");
  return at !== -1 && isReplaced && !isWhole ? deeds[at]?.place : undefined;
}

/** The files that the script names, and the library that it reads: one level deep and two. */
function partsOf(script: ScriptFile, files: Files): readonly ScriptFile[] {
  const named = [...files].filter(
    ([path]) => path !== script.path && !isAside(path) && isPartOf(script.text, path),
  );
  const further = [...files].filter(
    ([path]) =>
      !named.some(([other]) => other === path) &&
      path !== script.path &&
      !isAside(path) &&
      named.some(([, text]) => isPartOf(text, path)),
  );
  return [...named, ...further].slice(0, 60).map(([path, text]) => ({ path, text }));
}

/** Whether a text runs or reads a script, by its path or out of a library folder that it names. */
function isPartOf(text: string, path: string): boolean {
  if (!/\.(sh|bash|ya?ml)$|^(bin|lib|scripts|libexec)\/[\w-]+$|^scripts\/_common/.test(path))
    return false;
  const folder = path.split("/").slice(0, -1).join("/");
  const name = path.slice(path.lastIndexOf("/") + 1);
  const isLibrary = /(^|\/)lib(exec)?$/.test(folder) && text.includes(`${folder}/`);
  return isLibrary || text.includes(path) || (name.length > 6 && text.includes(`/${name}`));
}
