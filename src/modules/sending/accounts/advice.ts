import type { SendingAccount } from "../account.ts";

type Reached = Pick<SendingAccount, "provider" | "base_url" | "host" | "port" | "security">;

/** What to do about a server that could not be reached or did not let us in. */
export function adviseOn(fault: { code: string; response: string }, account: Reached): string {
  if (account.provider !== "smtp") return adviseOnApi(fault, account);
  const server = `${account.host}:${account.port}`;
  const said =
    fault.response === ""
      ? ""
      : ` It said: ${fault.response
          .replace(/[\p{Cc}]+/gu, " ")
          .trim()
          .slice(0, 300)}`;
  const { code, response } = fault;
  if (/^(ENOTFOUND|EDNS|EAI_AGAIN)$/.test(code)) {
    return `No server is known by the name ${account.host}. Check the host for typing errors.${said}`;
  }
  if (code === "ECONNREFUSED") {
    return `Nothing listens at ${server}. Check host and port: 465 for tls, 587 for starttls, 25 for none.`;
  }
  if (/^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/.test(code)) {
    return `There is no way from here to ${server}. Check the host, and this machine's network.`;
  }
  if (code === "ETIMEDOUT") {
    return `${server} did not answer in time. A firewall may block the port, or security does not fit it: tls speaks on 465, starttls on 587.`;
  }
  if (/wrong version number|packet length too long|unknown protocol/i.test(response)) {
    return `${server} does not begin with TLS. Set security to starttls, or use port 465.`;
  }
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|certificate/i.test(`${code} ${response}`)) {
    return `The server's certificate cannot be trusted (${code}). Use the name that its certificate is made for, or have it renewed.${said}`;
  }
  if (/^(EAUTH|530|534|535|538|454|5\.7\.\d+)$/.test(code)) {
    return `The server refused user name and password. Check both; some providers want an app password.${said}`;
  }
  // A server without it answers the command with 500 to 504 (RFC 5321 4.2.4).
  const unknownCommand = account.security === "starttls" && /^(50[0-4]|5\.5\.[124])$/.test(code);
  if (code === "ETLS" || unknownCommand || /STARTTLS/i.test(response)) {
    return `The server offers no STARTTLS at ${server}. Use tls on port 465 where it has that.${said}`;
  }
  return `The server at ${server} could not be used (${code}).${said}`;
}

/** The same of a provider's HTTP API; `code` is an HTTP status or a system's code. */
function adviseOnApi(
  { code, response }: { code: string; response: string },
  account: Reached,
): string {
  const said = response === "" ? "" : ` It said: ${response.slice(0, 300)}`;
  const where = account.base_url ?? account.provider;
  if (code === "401" || code === "403")
    return `${account.provider} refused the key. Check username, password and region, and what the key may do.${said}`;
  if (code === "404")
    return `${where} knows no such account or domain. Check settings and base_url.${said}`;
  if (/^3\d\d$/.test(code))
    return `${where} answers from another address. Write that one in base_url.${said}`;
  if (/^\d+$/.test(code)) return `${where} answered ${code}. Try again later.${said}`;
  return `${where} could not be reached (${code}). Check base_url, and this machine's network.`;
}
