/** An error as the API tells it. Its message says what to do, so pages show it as it is. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    code: string,
    message: string,
    details: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.details = details;
  }

  /** The server did not answer at all; its text is translated where it is shown. */
  static unreachable(cause: unknown): ApiError {
    const error = new ApiError(0, "unreachable", "Heed does not answer.");
    error.cause = cause;
    return error;
  }
}

/** The error in a refused answer's body. */
export function readError(status: number, body: unknown): ApiError {
  if (typeof body === "object" && body !== null && "error" in body) {
    const { code, message, details } = body.error as {
      code?: unknown;
      message?: unknown;
      details?: unknown;
    };
    if (typeof code === "string" && typeof message === "string") {
      return new ApiError(status, code, message, (details ?? {}) as Record<string, unknown>);
    }
  }
  return new ApiError(status, "internal", `The server answered ${status}.`);
}
