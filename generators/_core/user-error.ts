/** Something that the user can put right: printed without a stack, exit code 2. */
export class UserError extends Error {
  override readonly name = "UserError";
  /** What to do, as one sentence. */
  readonly hint: string | undefined;
  /** One line for each thing that is wrong, when there are several. */
  readonly problems: readonly string[];

  /**
   * @param message One sentence of what is wrong, naming file and value, without a full stop.
   */
  constructor(
    message: string,
    details: {
      readonly hint?: string;
      readonly problems?: readonly string[];
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: details.cause });
    this.hint = details.hint;
    this.problems = details.problems ?? [];
  }
}

/** The code of an error of the operating system, such as `ENOENT`; `undefined` for any other. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : undefined;
}
