/** Local parts that name a function instead of a person (RFC 2142 and common use). */
const roles = new Set(
  `abuse accounting accounts admin administrator all billing bounce bounces careers compliance
  contact customerservice dataprotection datenschutz devnull do-not-reply donotreply dpo enquiries
  everyone feedback finance ftp gdpr hello help helpdesk hostmaster hr info infos inquiries invoice
  invoices it jobs kontakt list list-request listserv mail mailer-daemon mailerdaemon marketing media
  news newsletter no-reply noc nobody noreply notification notifications null office orders
  postmaster press privacy purchasing recruiting recruitment registrar remove reply reservations
  returns root sales security service shop spam staff subscribe support sysadmin team tech undisclosed-recipients
  unsubscribe usenet uucp vertrieb webmaster www`.split(/\s+/),
);

export function isRoleLocal(local: string): boolean {
  const tag = local.indexOf("+");
  return roles.has(tag > 0 ? local.slice(0, tag) : local);
}
