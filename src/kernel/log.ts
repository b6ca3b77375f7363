import pino from "pino";

export type Log = pino.Logger;

/** Fields that may carry a person's data or a secret; they never reach a log line. */
const redacted = [
  "email",
  "phone",
  "address",
  "to",
  "from",
  "name",
  "first_name",
  "last_name",
  "subject",
  "body",
  "password",
  "token",
  "authorization",
  "cookie",
  "key",
  "secret",
  // PostgreSQL puts the values of a refused row into these.
  "detail",
  "where",
];

/** Structured JSON log to stderr. `level` is pino's: trace to fatal, or silent. */
export function createLog(level = "info"): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: redacted.flatMap((field) => [field, `*.${field}`]), censor: "[withheld]" },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}
