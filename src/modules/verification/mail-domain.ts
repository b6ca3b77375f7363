import { Resolver } from "node:dns/promises";
import { HeedError } from "../../kernel/errors.ts";
import type { MailDomain } from "./rules.ts";

/** Asks DNS whether a domain takes mail. */
export type AskDomain = (domain: string) => Promise<MailDomain>;

/**
 * A resolver at this address (`127.0.0.1`, `[::1]:5353`), or with `system` the machine's own.
 * @throws HeedError bad_dns_server
 */
export function openResolver(server: string): Resolver {
  const resolver = new Resolver({ timeout: 3_000, tries: 2 });
  if (server === "system") return resolver;
  try {
    resolver.setServers([server]);
  } catch {
    throw new HeedError(
      "bad_dns_server",
      `HEED_DNS_SERVER must be the IP address of a resolver such as 192.0.2.53 or [::1]:5353, or "system"; it is "${server}".`,
    );
  }
  return resolver;
}

/**
 * Whether the resolver sees the world: one that cannot say who serves .com, for it is cut off or
 * broken, may call any domain missing, and its word stops nobody.
 */
export async function seesTheWorld(resolver: Resolver): Promise<boolean> {
  return resolver.resolveNs("com").then(
    (servers) => servers.length > 0,
    () => false,
  );
}

/** Never throws: what is neither an answer nor a denial is `no_answer`. */
export async function askDomain(resolver: Resolver, domain: string): Promise<MailDomain> {
  try {
    const servers = await resolver.resolveMx(domain);
    // RFC 7505: one record with an empty name says that the domain takes no mail.
    if (servers.some(({ exchange }) => exchange !== "" && exchange !== ".")) return "accepts";
    return servers.length > 0 ? "null_mx" : "no_mail_server";
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === "ENOTFOUND") return "no_domain";
    return code === "ENODATA" ? withoutMx(resolver, domain) : "no_answer";
  }
}

/** RFC 5321 section 5.1: without MX records, the domain's own address takes its mail. */
async function withoutMx(resolver: Resolver, domain: string): Promise<MailDomain> {
  const found = await Promise.all(
    [resolver.resolve4(domain), resolver.resolve6(domain)].map((asked) =>
      asked.then(
        () => "accepts" as const,
        (error: { code?: string }) =>
          error.code === "ENODATA" || error.code === "ENOTFOUND" ? "no_mail_server" : "no_answer",
      ),
    ),
  );
  return (
    found.find((each) => each === "accepts") ??
    found.find((each) => each === "no_answer") ??
    "no_mail_server"
  );
}
