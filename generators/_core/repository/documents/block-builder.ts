import type { Block, BlockKind, Link } from "./document.ts";
import { decodeEntity } from "./entities.ts";

/** Gathers the words of one block, and where each of their letters stands in the source. */
export class BlockBuilder {
  #text = "";
  readonly #offsets: number[] = [];
  readonly #links: Link[] = [];
  readonly #open: { readonly target: string; readonly start: number }[] = [];
  #muted = 0;
  #space: number | undefined;

  /** Adds `source.slice(from, to)` letter by letter, white space folded. */
  words(source: string, from: number, to: number): void {
    for (let at = from; at < to; at += 1) this.#letter(source.charAt(at), at);
  }

  /** Like {@link words}, with character references decoded. */
  entities(source: string, from: number, to: number): void {
    let at = from;
    while (at < to) {
      const entity =
        source[at] === "&" ? decodeEntity(source.slice(at, Math.min(to, at + 34))) : undefined;
      if (entity) this.put(entity.text, at);
      else this.#letter(source.charAt(at), at);
      at += entity?.length ?? 1;
    }
  }

  /** Adds text that stands for what is at an offset of the source. */
  put(text: string, at: number): void {
    for (const letter of text.split("")) this.#letter(letter, at);
  }

  /** Opens a link; everything until {@link closeLink} is its text. */
  openLink(target: string): void {
    this.#flushSpace();
    this.#open.push({ target: target.trim(), start: this.#text.length });
  }

  closeLink(): void {
    const link = this.#open.pop();
    if (!link) return;
    const end = this.#text.length;
    const text = this.#text.slice(link.start, end);
    this.#links.push({ text, target: link.target, start: link.start, end });
  }

  /** Leaves out what follows until {@link unmute}: words that are struck out or hidden. */
  mute(): void {
    this.#muted += 1;
  }

  unmute(): void {
    this.#muted = Math.max(0, this.#muted - 1);
  }

  /** The block; `undefined` when no word was added. */
  build(kind: BlockKind, start: number, end: number, depth = 0): Block | undefined {
    while (this.#open.length > 0) this.closeLink();
    if (this.#text === "") return undefined;
    return {
      kind,
      depth,
      text: this.#text,
      offsets: this.#offsets,
      links: this.#links,
      start,
      end,
    };
  }

  #letter(letter: string, at: number): void {
    if (this.#muted > 0) return;
    if (/\s/.test(letter)) {
      this.#space ??= at;
      return;
    }
    this.#flushSpace();
    this.#text += letter;
    this.#offsets.push(at);
  }

  #flushSpace(): void {
    if (this.#space === undefined || this.#text === "") {
      this.#space = undefined;
      return;
    }
    this.#text += " ";
    this.#offsets.push(this.#space);
    this.#space = undefined;
  }
}

/** A block whose text is a part of the source as it stands. */
export function rawBlock(kind: BlockKind, source: string, start: number, end: number): Block {
  const offsets = Array.from({ length: end - start }, (_, index) => start + index);
  return { kind, depth: 0, text: source.slice(start, end), offsets, links: [], start, end };
}
