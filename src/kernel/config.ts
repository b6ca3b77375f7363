import { join, resolve } from "node:path";
import { HeedError } from "./errors.ts";
import { packageRoot } from "./package-root.ts";

/** What an installation is told from outside, read once at the start. */
export interface Config {
  port: number;
  dataDir: string;
  databaseUrl: string | null;
  /** Where the worker takes mail over SMTP; null is nowhere. */
  smtpPort: number | null;
  /** Certificate and key (PEM files) for STARTTLS there; null offers none. */
  smtpTls: { certFile: string; keyFile: string } | null;
  secretFile: string;
  bootstrapKey: string | null;
  /** Where recipients and users reach this Heed, without a trailing slash. */
  publicUrl: string;
  roles: readonly Role[];
  logLevel: string;
}

export type Role = "web" | "worker";

/** Reads the environment; a bad value is an error that names the variable. */
export function readConfig(
  env: NodeJS.ProcessEnv,
  roles: readonly Role[] = ["web", "worker"],
): Config {
  const port = readPort(env, "PORT") ?? 4330;
  const dataDir = env.HEED_DATA ? resolve(env.HEED_DATA) : join(packageRoot, "data");
  const databaseUrl = env.DATABASE_URL || null;
  if (databaseUrl && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    throw new HeedError(
      "bad_database_url",
      "DATABASE_URL must look like postgres://user:password@host:5432/database. Unset it to use the embedded server.",
    );
  }
  const publicUrl = (env.HEED_PUBLIC_URL || `http://localhost:${port}`).replace(/\/+$/, "");
  if (!URL.canParse(publicUrl) || !/^https?:/.test(publicUrl)) {
    throw new HeedError(
      "bad_public_url",
      `HEED_PUBLIC_URL must be an http or https address such as https://heed.example.org; it is "${env.HEED_PUBLIC_URL}".`,
    );
  }
  const bootstrapKey = env.HEED_BOOTSTRAP_KEY || null;
  if (bootstrapKey !== null && bootstrapKey.length < 16) {
    throw new HeedError(
      "bad_bootstrap_key",
      "HEED_BOOTSTRAP_KEY must have at least 16 characters. Make one with: openssl rand -base64 24",
    );
  }
  return {
    port,
    dataDir,
    databaseUrl,
    smtpPort: readPort(env, "HEED_SMTP_PORT"),
    smtpTls: readSmtpTls(env),
    secretFile: env.HEED_SECRET_FILE ? resolve(env.HEED_SECRET_FILE) : join(dataDir, "secret"),
    bootstrapKey,
    publicUrl,
    roles,
    logLevel: env.HEED_LOG || "info",
  };
}

function readPort(env: NodeJS.ProcessEnv, name: "PORT" | "HEED_SMTP_PORT"): number | null {
  const text = env[name];
  if (text === undefined || text === "") return null;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new HeedError("bad_port", `${name} must be a number from 0 to 65535; it is "${text}".`);
  }
  return port;
}

function readSmtpTls(env: NodeJS.ProcessEnv): Config["smtpTls"] {
  const { HEED_SMTP_CERT: cert, HEED_SMTP_KEY: key } = env;
  if (!cert && !key) return null;
  if (!cert || !key) {
    throw new HeedError(
      "bad_smtp_tls",
      "HEED_SMTP_CERT and HEED_SMTP_KEY name two PEM files and belong together. Set both, or neither to offer no STARTTLS.",
    );
  }
  return { certFile: resolve(cert), keyFile: resolve(key) };
}
