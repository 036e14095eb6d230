import { forbiddenHops, requiredStops } from "../mattermost/upgrade-rules.ts";
import type { OperatingSystem } from "../mattermost/operating-systems.ts";
import { escapeMarkdown } from "../program/markdown.ts";
import { readmeStatements } from "../program/readme-statements.ts";
import type { ReadmeSection, Requirement } from "../program/requirement.ts";
import { brandedName } from "../program/solution.ts";
import { includesTier } from "../program/tier.ts";
import { ownPlatformId } from "./own-platform.ts";
import { pins } from "./pins.ts";
import type { View } from "./platform.ts";
import type { Project } from "./project.ts";
import { checkoutFolder } from "./repository-address.ts";

/**
 * The names that the templates of every platform see.
 *
 * The answers that hold free text are here in the form of the one place that may print them:
 * `title` in Markdown, `copyrightHolder` in the plain text of a licence.
 */
export function sharedView(project: Project, catalogue: readonly Requirement[]): View {
  const statements = (section: ReadmeSection) => readmeStatements(catalogue, section, project);
  return {
    title: escapeMarkdown(brandedName(project)),
    copyrightHolder: project.creator,
    introductionStatements: statements("introduction"),
    productionStatements: statements("production"),
    securityStatements: statements("security"),
    systemsStatements: statements("systems"),
    hasSystemsStatements: statements("systems") !== "",
    nameStatements: statements("name"),
    upgrade: project.upgrade,
    registered: includesTier(project.tier, "registered"),
    adopted: project.platform.id === ownPlatformId,
    hasVersionLine: project.platform.versionLine.path !== "",
    edition: project.edition.id,
    editionTitle: project.edition.title,
    editionLimits: project.edition.limits,
    image: project.edition.image,
    archivePrefix: project.edition.archivePrefix,
    serverVersion: project.serverVersion,
    versionPath: project.platform.versionLine.path,
    versionVariable: project.platform.versionLine.variable,
    platformTitle: project.platform.title,
    license: project.license,
    licenseText: `licenses/${project.license}`,
    hasRepository: project.repository !== undefined,
    repository: project.repository ?? "",
    checkoutFolder:
      project.repository === undefined ? "my-deployment" : checkoutFolder(project.repository),
    localPaths: project.localPaths,
    systemRows: project.systems.map(({ title, standing }) => ({
      title,
      standing: standings[standing],
    })),
    requiredStops,
    forbiddenHops: forbiddenHops.map((hop) => ({ ...hop })),
    ...pins,
  };
}

const standings: Record<OperatingSystem["standing"], string> = {
  official: "officially supported",
  equivalent: "equivalent to Red Hat Enterprise Linux",
  unofficial: "unofficial",
};
