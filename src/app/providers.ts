import type { Database } from "../kernel/database/index.ts";
import {
  type CheckResult,
  createSinkTransport,
  type SendingAccount,
  type Transport,
} from "../modules/sending/index.ts";
import { connectionFault, type SmtpFault } from "../providers/smtp/reply.ts";
import { SmtpSession } from "../providers/smtp/session.ts";
import { checkedSettings, type SmtpSettings } from "../providers/smtp/settings.ts";
import { createSmtpTransport } from "../providers/smtp/transport.ts";

/** The transport that carries an account's mail. */
export function openTransport(db: Database): (account: SendingAccount) => Transport {
  return (account) =>
    account.provider === "sink"
      ? createSinkTransport(db, account.workspace_id)
      : createSmtpTransport(smtpSettings(account));
}

/** Connects to an account's server, signs in and hangs up; somebody waits for the answer. */
export async function checkSmtp(account: SendingAccount): Promise<CheckResult> {
  const limits = { connectMs: 10_000, commandMs: 10_000 };
  try {
    const session = await SmtpSession.open(
      checkedSettings({ ...smtpSettings(account), limits }),
      () => {},
    );
    session.quit();
    return { ok: true };
  } catch (error) {
    const fault = connectionFault(error as SmtpFault); // open() rejects with nothing else
    return {
      ok: false,
      code: "code" in fault ? fault.code : "",
      response: "response" in fault ? fault.response : "",
    };
  }
}

function smtpSettings(account: SendingAccount): SmtpSettings {
  return {
    host: account.host ?? "",
    port: account.port ?? 587,
    tls: account.security === "tls" ? "implicit" : account.security,
    connections: account.connections,
    ...(account.username && account.password
      ? { auth: { user: account.username, pass: account.password } }
      : {}),
  };
}
