import { createPrivateKey, type KeyObject } from "node:crypto";
import { HeedError } from "../../../kernel/errors.ts";

/** A checked signing key; the DNS record is `<selector>._domainkey.<domain>`. */
export interface DkimKey {
  domain: string;
  selector: string;
  algorithm: "rsa-sha256" | "ed25519-sha256";
  privateKey: KeyObject;
  /** Lower-case names left out of the signature, because a relay rewrites them (SES: message-id, date). */
  unsigned: readonly string[];
}

const DOMAIN =
  /^(?=.{1,253}$)(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.)+[A-Za-z0-9-]{2,63}$/;
const SELECTOR =
  /^(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?)*$/;
/** Without these a signature would not bind what a reader sees (RFC 6376 5.4) or the one-click (RFC 8058 4). */
const MUST_SIGN = new Set(["from", "list-unsubscribe", "list-unsubscribe-post"]);
/** PKCS#8 around a raw Ed25519 seed (RFC 8410), the form of RFC 8463's example. */
const ED25519_PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

/**
 * Reads an RSA or Ed25519 private key as PEM (PKCS#1, PKCS#8), as their DER in
 * base64, or a raw 32-byte Ed25519 seed in base64. Throws HeedError
 * `dkim_domain_invalid`, `dkim_selector_invalid`, `dkim_key_encrypted`,
 * `dkim_key_public`, `dkim_key_unreadable`, `dkim_key_unsupported`,
 * `dkim_key_too_short` or `dkim_headers_invalid`; none repeats the key.
 */
export function parseDkimKey(input: {
  domain: string;
  selector: string;
  privateKey: string;
  unsigned?: readonly string[];
}): DkimKey {
  if (!DOMAIN.test(input.domain)) {
    throw new HeedError("dkim_domain_invalid", "The signing domain is not a domain in A-labels", {
      domain: input.domain,
    });
  }
  if (!SELECTOR.test(input.selector)) {
    throw new HeedError(
      "dkim_selector_invalid",
      "The selector is one or more DNS labels of letters, digits and hyphens",
      { selector: input.selector },
    );
  }
  const unsigned = (input.unsigned ?? []).map((name) => name.toLowerCase());
  const needed = unsigned.find((name) => MUST_SIGN.has(name));
  if (needed !== undefined) {
    throw new HeedError("dkim_headers_invalid", `${needed} must be signed`, { field: needed });
  }
  const privateKey = readKey(input.privateKey.trim());
  if (privateKey.asymmetricKeyType === "ed25519") {
    return { ...input, unsigned, privateKey, algorithm: "ed25519-sha256" };
  }
  if (privateKey.asymmetricKeyType !== "rsa") {
    throw new HeedError(
      "dkim_key_unsupported",
      `DKIM signs with RSA or Ed25519; this is a key for ${privateKey.asymmetricKeyType}`,
    );
  }
  const bits = privateKey.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < 1024) {
    throw new HeedError(
      "dkim_key_too_short",
      `This RSA key has ${bits} bits; receivers refuse less than 1024 (RFC 8301), make one of 2048`,
      { bits },
    );
  }
  return { ...input, unsigned, privateKey, algorithm: "rsa-sha256" };
}

function readKey(text: string): KeyObject {
  if (/-----BEGIN ENCRYPTED |Proc-Type: 4,ENCRYPTED/.test(text)) {
    throw new HeedError(
      "dkim_key_encrypted",
      "The private key is protected by a passphrase; give it without one",
    );
  }
  if (/-----BEGIN (?:RSA )?PUBLIC KEY|-----BEGIN CERTIFICATE/.test(text)) {
    throw new HeedError(
      "dkim_key_public",
      "This is the public part; DKIM signs with the private key",
    );
  }
  try {
    return text.startsWith("-----BEGIN ") ? createPrivateKey(text) : fromBase64(text);
  } catch {
    // the cause is not kept: it might quote the key
    throw new HeedError(
      "dkim_key_unreadable",
      "The private key could not be read; give the whole PEM file, with its BEGIN and END lines",
    );
  }
}

function fromBase64(text: string): KeyObject {
  const compact = text.replace(/\s+/g, "");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) throw new Error("not base64");
  const der = Buffer.from(compact, "base64");
  if (der.length === 32) {
    const key = Buffer.concat([ED25519_PKCS8, der]);
    return createPrivateKey({ key, format: "der", type: "pkcs8" });
  }
  try {
    return createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  } catch {
    return createPrivateKey({ key: der, format: "der", type: "pkcs1" });
  }
}
