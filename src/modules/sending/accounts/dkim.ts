import { createPublicKey, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { HeedError } from "../../../kernel/errors.ts";
import { isProblem, parseDomain } from "../../contacts/index.ts";
import { type DkimKey, parseDkimKey } from "../mime/dkim-key.ts";

const generate = promisify(generateKeyPair);

/** What a caller gives: a key of their own, or the wish for a new one. */
export interface GivenDkim {
  domain: string;
  selector: string;
  private_key?: string | undefined;
  generate?: boolean | undefined;
  algorithm?: "rsa" | "ed25519" | undefined;
}

/** A checked key as the account keeps it. `privateKey` is PKCS#8 in PEM and never leaves by the API. */
export interface StoredDkim {
  domain: string;
  selector: string;
  privateKey: string;
}

/** The TXT record that lets receivers check the signatures (RFC 6376 3.6.1, RFC 8463). */
export interface DnsRecord {
  name: string;
  type: "TXT";
  value: string;
}

/** @throws HeedError dkim_key_needed, and those of parseDkimKey */
export async function readDkim(given: GivenDkim): Promise<StoredDkim> {
  const domain = parseDomain(given.domain);
  if (isProblem(domain)) {
    throw new HeedError(
      "dkim_domain_invalid",
      `The signing domain cannot be used: ${domain.message}`,
    );
  }
  if ((given.private_key !== undefined) === (given.generate === true)) {
    throw new HeedError(
      "dkim_key_needed",
      "Give either a private_key, or generate: true to have one made.",
    );
  }
  const pem = given.private_key ?? toPem(await newKey(given.algorithm ?? "rsa"));
  const key = parseDkimKey({ domain: domain.domain, selector: given.selector, privateKey: pem });
  return { domain: key.domain, selector: key.selector, privateKey: toPem(key.privateKey) };
}

/** The record to publish for a stored key. */
export function dnsRecordOf(stored: StoredDkim): {
  algorithm: DkimKey["algorithm"];
  dns_record: DnsRecord;
} {
  const key = parseDkimKey(stored);
  return {
    algorithm: key.algorithm,
    dns_record: {
      name: `${key.selector}._domainkey.${key.domain}`,
      type: "TXT",
      value: `v=DKIM1; k=${key.algorithm === "rsa-sha256" ? "rsa" : "ed25519"}; p=${publicPart(key)}`,
    },
  };
}

function publicPart(key: DkimKey): string {
  const der = createPublicKey(key.privateKey).export({ format: "der", type: "spki" });
  // RFC 8463: Ed25519 is published raw, which is the last 32 bytes of its SPKI (RFC 8410).
  return (key.algorithm === "ed25519-sha256" ? der.subarray(-32) : der).toString("base64");
}

async function newKey(algorithm: "rsa" | "ed25519"): Promise<KeyObject> {
  const pair =
    algorithm === "rsa"
      ? await generate("rsa", { modulusLength: 2048 })
      : await generate("ed25519", undefined);
  return pair.privateKey;
}

function toPem(key: KeyObject): string {
  return key.export({ format: "pem", type: "pkcs8" }).toString();
}
