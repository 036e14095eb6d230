/** An answer of the API that is no success; ids and statuses are those of the real server. */
export class ApiError extends Error {
  readonly status: number;
  readonly id: string;

  constructor(status: number, id: string, message: string) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.id = id;
  }
}

/** The caller has no session: `api.context.session_expired.app_error`, observed. */
export const noSession = () =>
  new ApiError(
    401,
    "api.context.session_expired.app_error",
    "Invalid or expired session, please login again.",
  );

/** The caller may not do that: `api.context.permissions.app_error`, observed. */
export const noPermission = () =>
  new ApiError(
    403,
    "api.context.permissions.app_error",
    "You do not have the appropriate permissions.",
  );

/** A part of the body is missing or wrong: `api.context.invalid_body_param.app_error`, observed. */
export const invalidBody = (name: string) =>
  new ApiError(
    400,
    "api.context.invalid_body_param.app_error",
    `Invalid or missing ${name} in request body.`,
  );
