import { emit } from "../projects.ts";

/** The points at which tests can end or halt a command of an emitted Linux project. */
export async function killPoints(): Promise<readonly string[]> {
  const { rendered } = await emit({ platform: "linux" });
  const code = rendered.filter(({ path }) => /^(bin|lib)\//.test(path));
  return code.flatMap(({ text }) =>
    text
      .split("\n")
      .filter((line) => !line.trimStart().startsWith("#"))
      .flatMap((line) => [...line.matchAll(/\breached ([a-z-]+)/g)].map(([, point = ""]) => point)),
  );
}
