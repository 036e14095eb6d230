import { createRequire } from "node:module";
import { dirname } from "node:path";

/** The folder of this package: the same from source, from the built command and when installed. */
export function packageFolder(): string {
  return dirname(packageFile());
}

/** The version of this package, `X.Y.Z`. */
export function packageVersion(): string {
  const { version }: { version: string } = createRequire(import.meta.url)(packageFile());
  return version;
}

function packageFile(): string {
  return createRequire(import.meta.url).resolve("#package/package.json");
}
