import * as v from "valibot";
import { UserError } from "../../user-error.ts";
import { ownerships, type Ownership } from "./ownership.ts";
import { isProjectPath, stateFolder } from "../project-path.ts";

/** What the users of a project decided for all its runs. */
export interface ProjectConfig {
  /** The files that belong to someone else than the templates say, by path. */
  readonly ownership: Readonly<Record<string, Ownership>>;
}

/** Where the users of a project may write it: YAML. */
export const configPath = `${stateFolder}/config.yaml`;

/** Lists are objects too, with numbers for keys. */
const noList = v.check((value) => !Array.isArray(value), "found a list, expected a mapping");

const configSchema = v.pipe(
  v.unknown(),
  noList,
  v.strictObject({
    ownership: v.optional(
      v.pipe(
        v.unknown(),
        noList,
        v.record(
          v.pipe(v.string(), v.check(isProjectPath, "expected the path of a file in this project")),
          v.picklist(ownerships, `expected one of ${ownerships.join(", ")}`),
        ),
      ),
      {},
    ),
  }),
);

/**
 * Parses what users decided, read from YAML.
 *
 * @throws UserError when it holds something else.
 */
export function parseProjectConfig(value: unknown): ProjectConfig {
  const config = v.safeParse(configSchema, value ?? {});
  if (config.success) return config.output;
  throw new UserError(`${configPath} is not understood; nothing was written`, {
    problems: config.issues.map((issue) => `${v.getDotPath(issue) ?? "it"}: ${issue.message}`),
    hint: "It holds one key, ownership: paths, each merged, blocks or once.",
  });
}
