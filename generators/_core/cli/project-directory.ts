import { resolve } from "node:path";
import { checkDirectory } from "../plan/read-project.ts";
import { UserError } from "../user-error.ts";
import type { CreateCall, CreateWorld } from "./create/create-call.ts";

/**
 * The folder that a call names.
 *
 * @returns An absolute path.
 * @throws UserError when it can take no project.
 */
export function directoryOf(
  { directory }: Pick<CreateCall, "directory">,
  { cwd }: Pick<CreateWorld, "cwd">,
): string {
  if (directory?.trim() === "") {
    throw new UserError("the name of the folder is empty; nothing was written", {
      hint: "Name a folder, or leave the name out for the current one.",
    });
  }
  const path = resolve(cwd, directory ?? ".");
  checkDirectory(path);
  return path;
}
