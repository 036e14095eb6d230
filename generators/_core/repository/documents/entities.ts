const named: Readonly<Record<string, string>> = {
  amp: "&",
  apos: "'",
  copy: "©",
  gt: ">",
  hellip: "…",
  ldquo: "“",
  lsquo: "‘",
  lt: "<",
  mdash: "—",
  nbsp: "\u00a0",
  ndash: "–",
  quot: '"',
  rdquo: "”",
  reg: "®",
  rsquo: "’",
  shy: "\u00ad",
  thinsp: "\u2009",
  trade: "™",
  zwnj: "\u200c",
};

/** Decodes the character reference that a text begins with: its text and its length in the source. */
export function decodeEntity(
  source: string,
): { readonly text: string; readonly length: number } | undefined {
  const match = /^&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z]{2,8}));/.exec(source);
  if (!match) return undefined;
  const [whole, decimal, hexadecimal, name] = match;
  const text = name === undefined ? codePoint(decimal, hexadecimal) : named[name];
  return text === undefined ? undefined : { text, length: whole.length };
}

/** A text with its character references decoded. */
export function decodeEntities(text: string): string {
  return text.replace(/&[#\w]{2,9};/g, (entity) => decodeEntity(entity)?.text ?? entity);
}

function codePoint(decimal: string | undefined, hexadecimal: string | undefined): string {
  const code = decimal === undefined ? parseInt(hexadecimal ?? "", 16) : parseInt(decimal, 10);
  const isLetter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isLetter ? String.fromCodePoint(code) : "\ufffd";
}
