import { isIP } from "node:net";
import type { Channel } from "../../contacts/index.ts";
import type { Provider, ProviderSettings } from "../account.ts";
import { apiProblems } from "./api-rules.ts";

/** An account's settings, secrets left out. */
export interface AccountSettings {
  name: string;
  channel: Channel;
  provider: Provider;
  from_name: string;
  from_address: string;
  reply_to: string | null;
  host: string | null;
  port: number | null;
  security: "none" | "starttls" | "tls";
  username: string | null;
  base_url: string | null;
  settings: ProviderSettings;
  connections: number;
  per_second: number | null;
  per_day: number | null;
}

export interface FieldProblem {
  field: string;
  problem: string;
}

/** The usual port of each way to secure a connection (RFC 8314, RFC 6409, RFC 5321). */
export const usualPort = { tls: 465, starttls: 587, none: 25 } as const;

/** Loopback needs no TLS: what goes there leaves no machine. */
const loopback = /^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/;
const label = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

/** A host as it is connected to: lower case, no brackets, no final dot. */
export function tidyHost(host: string): string {
  return host
    .trim()
    .toLowerCase()
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "");
}

/** Why this is no host name or IP address, or null. */
export function hostProblem(host: string): string | null {
  if (host === "") return "is missing; write the server's name, such as smtp.example.org";
  if (/[\s\p{Cc}]/u.test(host))
    return "holds a space, a line break or a control character; remove it";
  if (host.includes("://"))
    return "is a URL; write the server's name alone, such as smtp.example.org";
  if (host.includes("@"))
    return "is an address; write the server's name alone, such as smtp.example.org";
  if (isIP(host)) return null;
  if (/:\d+$/.test(host)) return "holds a port; write the name alone and the number in port";
  if (host.length > 253 || !host.split(".").every((part) => label.test(part))) {
    return "is no host name; write it in letters, digits, hyphens and dots (xn-- for other letters)";
  }
  if (/^[\d.]+$/.test(host))
    return "is no complete IP address; write four numbers, as in 192.0.2.1";
  return null;
}

/** What does not fit together in an account's settings. */
export function accountProblems(
  account: AccountSettings & { hasPassword: boolean },
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (account.provider === "sink") {
    for (const field of ["host", "port", "username"] as const) {
      if (account[field] !== null)
        problems.push({ field, problem: "is not for the sink; leave it out" });
    }
    if (account.hasPassword)
      problems.push({ field: "password", problem: "is not for the sink; leave it out" });
    return problems;
  }
  if (account.provider !== "smtp") return apiProblems(account);
  if (account.channel !== "email")
    problems.push({ field: "channel", problem: "must be email: SMTP carries no texts" });
  if (account.base_url !== null)
    problems.push({ field: "base_url", problem: "is for providers' APIs; SMTP has a host" });
  const host = hostProblem(account.host ?? "");
  if (host) problems.push({ field: "host", problem: host });
  if (account.username !== null && !account.hasPassword) {
    problems.push({ field: "password", problem: "is missing; a user name signs in with one" });
  }
  if (account.username === null && account.hasPassword) {
    problems.push({ field: "username", problem: "is missing; a password signs in with one" });
  }
  if (
    account.username !== null &&
    account.security === "none" &&
    !loopback.test(account.host ?? "")
  ) {
    problems.push({
      field: "security",
      problem: "must be starttls or tls: without it user name and password would go out readable",
    });
  }
  return problems;
}
