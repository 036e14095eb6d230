/** An account as it is made. */
export interface Account {
  readonly username: string;
  readonly email: string;
  /** Never printed. */
  readonly password: string;
}

/** Makes random text of lower-case letters and digits. */
export type RandomText = (length: number) => string;

/**
 * Makes up an account. The password has every kind of character and more than the 14 that FIPS asks
 * for; mail for example.com is delivered nowhere.
 */
export function makeAccount(run: string, number: 1 | 2, random: RandomText): Account {
  const username = `smoke-${run}-${number}`;
  return { username, email: `${username}@example.com`, password: `Zz9!${random(26)}` };
}
