import { isIP } from "node:net";
import type { Channel } from "../../contacts/index.ts";
import type { Provider, ProviderSettings } from "../account.ts";
import type { AccountSettings, FieldProblem } from "./rules.ts";

interface Needs {
  channels: readonly Channel[];
  username: string | null;
  password: string;
  settings: readonly (keyof ProviderSettings)[];
}

/** What each provider's API is reached with: `username` and `password` in its own words; null is none. */
const needs: Readonly<Record<Exclude<Provider, "sink" | "smtp">, Needs>> = {
  ses: {
    channels: ["email"],
    username: "the access key id",
    password: "the secret access key",
    settings: ["region"],
  },
  sendgrid: { channels: ["email"], username: null, password: "an API key", settings: [] },
  mailgun: { channels: ["email"], username: null, password: "an API key", settings: ["domain"] },
  postmark: { channels: ["email"], username: null, password: "the server token", settings: [] },
  twilio: {
    channels: ["sms", "whatsapp"],
    username: "the account SID",
    password: "the auth token",
    settings: [],
  },
  http: {
    channels: ["email", "sms", "whatsapp"],
    username: null,
    password: "a bearer token",
    settings: [],
  },
};

/** What does not fit together in the settings of an account that sends by an HTTP API. */
export function apiProblems(account: AccountSettings & { hasPassword: boolean }): FieldProblem[] {
  if (account.provider === "sink" || account.provider === "smtp") return [];
  const problems: FieldProblem[] = [];
  const { channels, username, password, settings } = needs[account.provider];
  if (!channels.includes(account.channel))
    problems.push({
      field: "channel",
      problem: `must be ${channels.join(" or ")} with ${account.provider}`,
    });
  for (const field of ["host", "port"] as const) {
    if (account[field] !== null)
      problems.push({ field, problem: "is for SMTP; an API has a base_url" });
  }
  if (!account.hasPassword)
    problems.push({ field: "password", problem: `is missing; write ${password}` });
  if (username !== null && account.username === null)
    problems.push({ field: "username", problem: `is missing; write ${username}` });
  if (username === null && account.username !== null)
    problems.push({ field: "username", problem: "is not for this provider; leave it out" });
  if (
    account.provider === "twilio" &&
    account.username !== null &&
    !/^AC[0-9a-f]{32}$/i.test(account.username)
  )
    problems.push({
      field: "username",
      problem: "is no account SID; it begins with AC and has 34 characters",
    });
  for (const name of settings) {
    if (!account.settings[name])
      problems.push({ field: `settings.${name}`, problem: "is missing" });
  }
  if (account.provider === "http" && account.base_url === null)
    problems.push({ field: "base_url", problem: "is missing; write where messages are posted to" });
  const url = account.base_url === null ? null : baseUrlProblem(account.base_url);
  if (url) problems.push({ field: "base_url", problem: url });
  return problems;
}

/**
 * Why secrets and messages may not be posted there, or null: an address is https, for this
 * machine itself also http, and none of the networks where clouds answer with secrets.
 */
export function baseUrlProblem(address: string): string | null {
  if (!URL.canParse(address)) return "is no web address; write it as https://api.example.org";
  const url = new URL(address);
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const loopback = host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && loopback))
    return "must begin with https://, so that keys and messages do not go out readable";
  if (url.username !== "" || url.password !== "") return "holds a password; write that in password";
  if (url.search !== "" || url.hash !== "") return "holds a ? or #; write the address alone";
  if (!loopback && isIP(host) !== 0 && isInner(host))
    return "is an address inside a network; write the provider's name";
  return null;
}

/** RFC 1918, 3927, 4193, 4291, 6598, and addresses that mean "here". */
function isInner(ip: string): boolean {
  if (isIP(ip) === 6) return /^(::|fe[89ab]|f[cd]|::ffff:)/i.test(ip);
  return /^(0|10|127)\.|^169\.254\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./.test(
    ip,
  );
}
