const tag = /<(\/?)([a-z][\w-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/gi;
const hiding =
  /(?:^|\s)hidden(?=\s|=|\/|$)|(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0)/i;
const isVoid = /^(area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/i;

/** Whether the attributes of an element, as they are written, keep it from being seen. */
export function isHiding(attributes: string): boolean {
  return hiding.test(attributes);
}

/** Follows the tags of a document through elements that nobody sees; it lives for one walk. */
export class HiddenHtml {
  #name: string | undefined;
  #depth = 0;

  get isHidden(): boolean {
    return this.#name !== undefined;
  }

  /** Reads on: one tag, or a whole block of them. */
  read(html: string): void {
    for (const [, slash, name = "", attributes = ""] of html.matchAll(tag)) {
      const isOwn = name.toLowerCase() === this.#name;
      if (this.#name === undefined) {
        if (
          slash === "" &&
          !isVoid.test(name) &&
          isHiding(attributes) &&
          !attributes.endsWith("/")
        ) {
          this.#name = name.toLowerCase();
          this.#depth = 1;
        }
      } else if (isOwn) {
        this.#depth += slash === "" ? 1 : -1;
        if (this.#depth === 0) this.#name = undefined;
      }
    }
  }
}
