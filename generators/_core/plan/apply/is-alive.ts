import { errorCode } from "../../user-error.ts";

/** Whether a process of this machine is there, whoever it belongs to. */
export function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (cause) {
    return errorCode(cause) === "EPERM";
  }
}
