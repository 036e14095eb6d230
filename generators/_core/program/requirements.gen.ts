// Derived by `npm run derive`; edit what it derives from instead.
import type { Requirement } from "./requirement.ts";
import installationBasicTest from "./requirements/installation-basic-test.ts";
import installationPlatform from "./requirements/installation-platform.ts";
import installationRhelEquivalent from "./requirements/installation-rhel-equivalent.ts";
import documentationDescription from "./requirements/documentation-description.ts";
import documentationOfficialLink from "./requirements/documentation-official-link.ts";
import documentationProductionSteps from "./requirements/documentation-production-steps.ts";
import documentationUnofficialOptions from "./requirements/documentation-unofficial-options.ts";
import securityCommitment from "./requirements/security-commitment.ts";
import securityVersionLine from "./requirements/security-version-line.ts";
import brandingName from "./requirements/branding-name.ts";
import changelog from "./requirements/changelog.ts";
import upgradeCommand from "./requirements/upgrade-command.ts";
import upgradeProcedure from "./requirements/upgrade-procedure.ts";

/** Every requirement of the program: by tier, then as its page goes. */
export const requirements: readonly Requirement[] = [
  installationBasicTest,
  installationPlatform,
  installationRhelEquivalent,
  documentationDescription,
  documentationOfficialLink,
  documentationProductionSteps,
  documentationUnofficialOptions,
  securityCommitment,
  securityVersionLine,
  brandingName,
  changelog,
  upgradeCommand,
  upgradeProcedure,
];
