import type { ForeignEncoding, Unread } from "./snapshot.ts";

/** The text of a file, and its encoding where that is not UTF-8. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: ForeignEncoding | undefined;
}

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder("utf-8", { ignoreBOM: true });
/** What Windows-1252 has from 0x80 to 0x9f; the decoders of some Node.js releases do not know it. */
const upper = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
/** The share of letters beyond ASCII that a text in a Western language may have. */
const mostStrange = 0.25;

/**
 * Decodes a file as people would read it: in UTF-8, in UTF-16 where a byte order mark says so, and
 * otherwise in Windows-1252, which holds Latin-1. A text with a few broken bytes among letters that
 * are UTF-8 stays UTF-8.
 *
 * @returns Why it is no text that anybody could judge, for what is none.
 */
export function decodeText(bytes: Uint8Array): DecodedText | Unread {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return wide("utf-16le", bytes);
  if (first === 0xfe && second === 0xff) return wide("utf-16be", bytes);
  if (bytes.includes(0)) return "binary";
  try {
    return { text: strict.decode(bytes), encoding: undefined };
  } catch {
    return foreign(bytes);
  }
}

function wide(encoding: "utf-16le" | "utf-16be", bytes: Uint8Array): DecodedText | Unread {
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
  return isText(text) ? { text, encoding: "UTF-16" } : "binary";
}

function foreign(bytes: Uint8Array): DecodedText | Unread {
  const strange = bytes.reduce((sum, byte) => sum + (byte < 0x80 ? 0 : 1), 0);
  const text = lenient.decode(bytes);
  if (/[\u0080-\ufffc]/.test(text.replace(/^\ufeff/, ""))) {
    return isText(text) ? { text, encoding: "UTF-8 with invalid bytes" } : "binary";
  }
  // What is mostly such letters is in the alphabet of another language.
  if (strange > bytes.length * mostStrange) return "not UTF-8";
  const western = Buffer.from(bytes)
    .toString("latin1")
    .replace(/[\u0080-\u009f]/g, (letter) => upper.charAt(letter.charCodeAt(0) - 0x80));
  return isText(western) ? { text: western, encoding: "Windows-1252" } : "binary";
}

/** A text has no control characters but white space, and the escapes of a terminal. */
function isText(text: string): boolean {
  return !/\p{Cc}/u.test(text.replace(/\s/g, "").replaceAll("\u001b", ""));
}
