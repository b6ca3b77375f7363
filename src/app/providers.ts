import type { Database } from "../kernel/database/index.ts";
import {
  type CheckResult,
  createSinkTransport,
  type SendingAccount,
  type Transport,
} from "../modules/sending/index.ts";
import { type Api, checkApi, createApiTransport } from "../providers/api-transport.ts";
import { httpApi } from "../providers/http/api.ts";
import { mailgunApi } from "../providers/mailgun/api.ts";
import { postmarkApi } from "../providers/postmark/api.ts";
import { sendgridApi } from "../providers/sendgrid/api.ts";
import { sesApi } from "../providers/ses/api.ts";
import { connectionFault, type SmtpFault } from "../providers/smtp/reply.ts";
import { SmtpSession } from "../providers/smtp/session.ts";
import { checkedSettings, type SmtpSettings } from "../providers/smtp/settings.ts";
import { createSmtpTransport } from "../providers/smtp/transport.ts";
import { twilioApi } from "../providers/twilio/api.ts";

/** The transport that carries an account's messages. */
export function openTransport(
  db: Database,
  publicUrl: () => string,
): (account: SendingAccount) => Transport {
  return (account) => {
    if (account.provider === "sink")
      return createSinkTransport(db, account.workspace_id, account.channel);
    const api = apiOf(account, publicUrl());
    return api
      ? createApiTransport(api, { connections: account.connections })
      : createSmtpTransport(smtpSettings(account));
  };
}

/** Signs in with an account's settings and sends nothing; somebody waits for the answer. */
export async function checkAccount(account: SendingAccount): Promise<CheckResult> {
  const api = apiOf(account, "");
  return api ? checkApi(api, { connectMs: 10_000, answerMs: 10_000 }) : checkSmtp(account);
}

/** The HTTP API that an account sends by; null for SMTP. */
function apiOf(account: SendingAccount, publicUrl: string): Api | null {
  const { settings, base_url, password: key, username: user, channel } = account;
  const baseUrl = base_url?.replace(/\/+$/, "") ?? null;
  const secret = key ?? "";
  const texts = channel === "whatsapp" ? "whatsapp" : "sms";
  switch (account.provider) {
    case "ses":
      return sesApi({
        accessKeyId: user ?? "",
        secretAccessKey: secret,
        region: settings.region ?? "",
        baseUrl,
      });
    case "sendgrid":
      return sendgridApi({ apiKey: secret, baseUrl });
    case "mailgun":
      return mailgunApi({ apiKey: secret, domain: settings.domain ?? "", baseUrl });
    case "postmark":
      return postmarkApi({ token: secret, stream: settings.message_stream ?? "outbound", baseUrl });
    case "twilio": {
      const statusUrl = account.hook_key ? `${publicUrl}/hooks/twilio/${account.hook_key}` : null;
      return twilioApi({
        accountSid: user ?? "",
        authToken: secret,
        channel: texts,
        // Twilio calls no machine that only this one knows.
        statusUrl: /^https?:\/\/(localhost|127\.)/.test(publicUrl) && !base_url ? null : statusUrl,
        baseUrl,
      });
    }
    case "http":
      return httpApi({
        token: secret,
        baseUrl: base_url ?? "",
        channel: channel === "email" ? "email" : texts,
      });
    default:
      return null;
  }
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
