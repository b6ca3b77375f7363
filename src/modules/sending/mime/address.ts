import { HeedError } from "../../../kernel/errors.ts";

/**
 * A plain addr-spec with nothing a parser could read differently: no quoting,
 * comments, lists, routes, white space or control characters (S4, S9). The domain is
 * in A-labels already; the local part may be UTF-8 (RFC 6531).
 */
const PLAIN =
  /^[^\s<>()[\]\\,;:"@\p{Cc}\p{Cf}\p{Cs}\p{Z}]+@[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?)*$/u;
const LONGEST_ADDRESS = 254; // RFC 5321 4.5.3.1.3, less the angle brackets
const NOT_ASCII = /[\u0080-\uffff]/;

/** Whether this can be written in an envelope and a header without quoting or parsing. */
export function isPlainAddress(address: string): boolean {
  return (
    PLAIN.test(address) &&
    (address.length * 3 <= LONGEST_ADDRESS || Buffer.byteLength(address) <= LONGEST_ADDRESS)
  );
}

/** Refuses with `header_injection` or `address_invalid`, naming the field and not the address. */
export function refuseUnlessPlain(field: string, address: string): void {
  refuseInjection(field, address);
  if (!isPlainAddress(address)) {
    throw new HeedError(
      "address_invalid",
      `${field} is not a plain e-mail address such as name@example.com`,
      { field },
    );
  }
}

/** Whether MAIL FROM needs the SMTPUTF8 parameter for this address (RFC 6531). */
export function needsSmtpUtf8(address: string): boolean {
  return NOT_ASCII.test(address);
}

/** Refuses CR, LF and NUL: with them a value could end its header and begin another. */
export function refuseInjection(field: string, value: string): void {
  if (value.includes("\n") || value.includes("\r") || value.includes("\0")) {
    throw new HeedError(
      "header_injection",
      `${field} holds a line break or NUL; take it out, a header is one line`,
      { field },
    );
  }
}
