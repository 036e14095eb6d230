import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";

/**
 * What is wrong with a value by a schema of the package.
 *
 * @param name The schema without its ending: `report`.
 */
export function schemaProblems(name: string, value: unknown): readonly string[] {
  const path = join(import.meta.dirname, `../schemas/${name}.schema.json`);
  const schema: object = JSON.parse(readFileSync(path, "utf8"));
  const validate = new Ajv({ strictTypes: false }).compile(schema);
  validate(value);
  return (validate.errors ?? []).map(
    ({ instancePath, message = "" }) => `${instancePath} ${message}`,
  );
}
