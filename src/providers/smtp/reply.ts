import type { HandOverResult, RefusedAt } from "../../modules/sending/transport.ts";

/** What a server's words or a connection's fault mean for a message. */

/** What nodemailer's errors carry. */
export interface SmtpFault {
  message: string;
  code?: string;
  /** The system's own code, such as ECONNREFUSED, where nodemailer put another over it. */
  originalCode?: string;
  command?: string;
  response?: string;
  responseCode?: number;
}

const ENHANCED = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})(?:\s|$)/;
const AT: Record<string, RefusedAt> = {
  "MAIL FROM": "sender",
  "RCPT TO": "recipient",
  DATA: "message",
};

/** Enhanced status code (RFC 3463) when the server gives one, else the three digits. */
export function codeOf(response: string): string {
  return ENHANCED.exec(response)?.[1] ?? response.slice(0, 3);
}

/** The server's own queue id, to recognise the message in its logs and reports. */
export function providerIdOf(response: string, serverMessageId?: string): string | null {
  if (serverMessageId) return serverMessageId;
  const found =
    /\bqueued as <?([\w.@=+-]+)/i.exec(response) ?? /\bid=<?([\w.@=+-]+)/i.exec(response);
  return found?.[1] ?? null;
}

/** A server's complete refusal, or null when it is none: then only the connection speaks. */
export function refusal(fault: SmtpFault): HandOverResult | null {
  const { response, responseCode } = fault;
  const at = AT[fault.command ?? ""];
  if (!at || !response || !responseCode) {
    // nodemailer compares the size with the server's SIZE before it says MAIL FROM
    if (at === "sender" && fault.code === "EMESSAGE") {
      return { outcome: "permanent", code: "5.3.4", response: fault.message, at: "message" };
    }
    return null;
  }
  const code = codeOf(response);
  if (responseCode >= 500 && responseCode < 600)
    return { outcome: "permanent", code, response, at };
  if (responseCode >= 400 && responseCode < 500)
    return { outcome: "temporary", code, response, at };
  return null;
}

/** A fault before the final dot. */
export function connectionFault(fault: SmtpFault, retryAfterMs?: number): HandOverResult {
  return {
    outcome: "temporary",
    code: faultCode(fault),
    response: fault.response ?? fault.message,
    at: "connection",
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

/** A system code where there is one, else the server's, else nodemailer's. */
export function faultCode(fault: SmtpFault): string {
  if (fault.originalCode) return fault.originalCode;
  return fault.response && fault.responseCode
    ? codeOf(fault.response)
    : (fault.code ?? "ECONNECTION");
}

/** Takes secrets out of what a server or library says, should either repeat them. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret !== "") clean = clean.replaceAll(secret, "***");
  }
  return clean;
}
