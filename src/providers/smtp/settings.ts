import type { ConnectionOptions } from "node:tls";
import { HeedError } from "../../kernel/errors.ts";

/** How to reach one SMTP server. */
export interface SmtpSettings {
  host: string;
  port: number;
  /** `starttls` refuses a server without it; `implicit` is TLS from the first byte (RFC 8314). */
  tls: "none" | "starttls" | "implicit";
  auth?: { user: string; pass: string };
  /** Credentials go out readable on a connection without TLS; only said for a trusted network. */
  authWithoutTls?: boolean;
  /** The name given in EHLO. */
  ehloName?: string;
  localAddress?: string;
  /** `ca`, `servername`, `rejectUnauthorized`, … */
  tlsOptions?: ConnectionOptions;
  /** At most this many connections at once. Default 10. */
  connections?: number;
  /** A connection is replaced after this many messages. Default 100. */
  messagesPerConnection?: number;
  limits?: Partial<SmtpLimits>;
}

/** Time limits in milliseconds. */
export interface SmtpLimits {
  /** From DNS to the server's EHLO answer, TLS included. */
  connectMs: number;
  /** For AUTH, and from MAIL FROM to 354. */
  commandMs: number;
  /** For the body. */
  bodyMs: number;
  /** For the last check. */
  checkMs: number;
  /** For the answer to the final dot; long, since giving up early means `unknown` (RFC 5321 4.5.3.2.6: 10 minutes). */
  answerMs: number;
  /** An unused connection is hung up after this. */
  idleMs: number;
  /** The first and the longest pause after a failed attempt to connect. */
  backOffMs: readonly [first: number, longest: number];
}

export type CheckedSmtpSettings = Omit<SmtpSettings, "limits"> & {
  connections: number;
  messagesPerConnection: number;
  limits: SmtpLimits;
};

const DEFAULT_LIMITS: SmtpLimits = {
  connectMs: 30_000,
  commandMs: 60_000,
  bodyMs: 180_000,
  checkMs: 5_000,
  answerMs: 600_000,
  idleMs: 20_000,
  backOffMs: [250, 30_000],
};
const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/i;

/** Fills in defaults; throws HeedError `smtp_settings_invalid` or `smtp_auth_needs_tls`. */
export function checkedSettings(settings: SmtpSettings): CheckedSmtpSettings {
  const connections = settings.connections ?? 10;
  const messagesPerConnection = settings.messagesPerConnection ?? 100;
  const port = settings.port;
  if (!settings.host || /[\s\p{Cc}]/u.test(settings.host)) throw invalid("host", "a host name");
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw invalid("port", "1 to 65535");
  if (!Number.isInteger(connections) || connections < 1) throw invalid("connections", "1 or more");
  if (!Number.isInteger(messagesPerConnection) || messagesPerConnection < 1) {
    throw invalid("messagesPerConnection", "1 or more");
  }
  if (settings.ehloName !== undefined && !/^[A-Za-z0-9.:[\]_-]+$/.test(settings.ehloName)) {
    throw invalid("ehloName", "a host name or [address]");
  }
  if (settings.auth && settings.tls === "none") {
    if (!settings.authWithoutTls && !LOOPBACK.test(settings.host)) {
      throw new HeedError(
        "smtp_auth_needs_tls",
        "User name and password would go out readable; use STARTTLS or TLS",
      );
    }
  }
  const limits = { ...DEFAULT_LIMITS, ...settings.limits };
  return { ...settings, connections, messagesPerConnection, limits };
}

function invalid(field: string, expected: string): HeedError {
  return new HeedError("smtp_settings_invalid", `SMTP ${field}: expected ${expected}`, { field });
}
