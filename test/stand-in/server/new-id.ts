import { randomInt } from "node:crypto";

const letters = "ybndrfg8ejkmcpqxot1uwisza345h769";

/** An id as the real server makes them: 26 characters of its base 32. */
export function newId(): string {
  return Array.from({ length: 26 }, () => letters[randomInt(letters.length)]).join("");
}
