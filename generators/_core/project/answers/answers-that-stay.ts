import type { Platform } from "../platform.ts";

/**
 * The stored answers that hold for a platform. With another one than before, the name falls away
 * where it was the former platform's proposal, and the systems where one of them is not offered any
 * more: they are asked again, or take the new platform's defaults.
 *
 * @param platform The id that was given for this run, `undefined` where the stored one holds.
 */
export function answersThatStay(
  stored: Readonly<Record<string, unknown>>,
  platform: unknown,
  platforms: readonly Platform[],
): Readonly<Record<string, unknown>> {
  if (platform === undefined || platform === stored["platform"]) return stored;
  const before = platforms.find(({ id }) => id === stored["platform"]);
  const now = platforms.find(({ id }) => id === platform);
  const { name, os, ...others } = stored;
  const isOffered = (id: unknown) => now?.systems.some((system) => system === id);
  return {
    ...others,
    ...(name === before?.solutionName ? {} : { name }),
    ...(Array.isArray(os) && os.every(isOffered) ? { os } : {}),
  };
}
