import type { Database } from "../kernel/database/index.ts";
import { createSinkTransport, type SendingAccount, type Transport } from "../modules/sending/index.ts";
import { createSmtpTransport } from "../providers/smtp/transport.ts";

/** The transport that carries an account's mail. */
export function openTransport(db: Database): (account: SendingAccount) => Transport {
  return (account) => {
    if (account.provider === "sink") return createSinkTransport(db, account.workspace_id);
    return createSmtpTransport({
      host: account.host ?? "",
      port: account.port ?? 587,
      tls: account.security === "tls" ? "implicit" : account.security,
      connections: account.connections,
      ...(account.username && account.password ? { auth: { user: account.username, pass: account.password } } : {}),
    });
  };
}
