/** What a call of a command says, whichever door it came through. */
export interface Given {
  /** What stands between the options. */
  readonly positionals: readonly string[];
  /** What an option was given, each time that it was: a text, or whether it is switched on. */
  readonly valuesOf: (flag: string) => readonly unknown[];
  /** The texts among the values of an option. */
  readonly textsOf: (flag: string) => readonly string[];
  /** The text that counts: the last one. */
  readonly textOf: (flag: string) => string | undefined;
  /** Whether an option is switched on: it stands there without a value. */
  readonly isOn: (flag: string) => boolean;
}

/** What a call says, by what each of its options was given. */
export function givenBy(
  positionals: readonly string[],
  valuesOf: (flag: string) => readonly unknown[],
): Given {
  const textsOf = (flag: string) => valuesOf(flag).filter((value) => typeof value === "string");
  return {
    positionals,
    valuesOf,
    textsOf,
    textOf: (flag) => textsOf(flag).at(-1),
    isOn: (flag) => valuesOf(flag).includes(true),
  };
}
