/** Well-known providers of addresses that are thrown away; the registrable domain. */
const domains = new Set(
  `0-mail.com 10minutemail.com 10minutemail.net 20minutemail.com 33mail.com anonbox.net burnermail.io
  byom.de discard.email discardmail.com dispostable.com dropmail.me emailondeck.com fakeinbox.com
  fakemail.net getairmail.com getnada.com grr.la guerrillamail.biz guerrillamail.com guerrillamail.de
  guerrillamail.info guerrillamail.net guerrillamail.org guerrillamailblock.com incognitomail.org
  inboxkitten.com jetable.org mail-temp.com mail.tm mailcatch.com maildrop.cc mailexpire.com mailinator.com
  mailinator.net mailnesia.com mailnull.com mailsac.com mailtothis.com minutemail.com mintemail.com moakt.com
  mohmal.com mytemp.email mytrashmail.com nada.email nwytg.com owlymail.com pokemail.net sharklasers.com
  spam4.me spambog.com spambox.us spamex.com spamgourmet.com spamherelots.com temp-mail.io temp-mail.org
  tempail.com tempinbox.com tempmail.com tempmail.dev tempmail.net tempmailaddress.com tempr.email
  throwawaymail.com trash-mail.com trashmail.com trashmail.de trashmail.net trbvm.com wegwerfemail.de
  wegwerfmail.de wegwerfmail.net yopmail.com yopmail.fr yopmail.net zetmail.com`.split(/\s+/),
);

export function isDisposable(registrableDomain: string): boolean {
  return domains.has(registrableDomain);
}
