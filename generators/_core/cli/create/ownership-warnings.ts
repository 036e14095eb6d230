import { configPath } from "../../plan/state/project-config.ts";
import { suggestion } from "../../project/suggestion.ts";

/**
 * Says of each path in the configuration that it is none of the project's: a slip there would leave
 * a file unprotected.
 *
 * @param configured The paths that users decided on.
 * @param known The paths of the project.
 */
export function ownershipWarnings(
  configured: readonly string[],
  known: readonly string[],
): readonly string[] {
  return configured
    .filter((path) => !known.includes(path))
    .map((path) => {
      const near = suggestion(path, known);
      const hint = near === undefined ? "" : `; did you mean ${near}?`;
      return `${configPath}: ${path} is no file of this project${hint}`;
    });
}
