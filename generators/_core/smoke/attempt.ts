import { SiteTrouble, type Trouble } from "./trouble.ts";

/** What came of something that a site may refuse. */
export type Attempt<T> =
  | { readonly value: T; readonly trouble?: undefined }
  | { readonly value?: undefined; readonly trouble: Trouble };

/** Makes a value of the trouble with a site; anything else that is thrown passes through. */
export async function attempt<T>(action: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { value: await action() };
  } catch (error) {
    if (!(error instanceof SiteTrouble)) throw error;
    return { trouble: error.trouble };
  }
}
