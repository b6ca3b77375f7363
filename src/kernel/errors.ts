/**
 * An error that a person is told about: a stable code, and a message that says
 * what to do. It knows nothing of HTTP; `http/status.ts` maps codes to statuses.
 */
export class HeedError extends Error {
  override readonly name = "HeedError";

  constructor(
    readonly code: string,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

export function isHeedError(error: unknown): error is HeedError {
  return error instanceof HeedError;
}

/** The error's message whatever was thrown, for logs and command lines. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
