import { createPublicKey, createVerify, type KeyObject } from "node:crypto";
import type {
  HookRefusal,
  HookRequest,
  HookSettings,
} from "../../modules/inbound/events/contract.ts";
import { isTimely, sameText } from "../webhooks.ts";

/** Gets a page by https, within bounds of size and time, following no redirect. */
export type FetchText = (url: string) => Promise<string>;

export interface SnsMessage {
  Type: string;
  MessageId: string;
  TopicArn: string;
  Message: string;
  Timestamp: string;
  Subject?: string;
  Token?: string;
  SubscribeURL?: string;
  SignatureVersion: string;
  Signature: string;
  SigningCertURL: string;
}

/** SNS repeats a delivery by HTTP for at most an hour; its message keeps its time. */
const oldest = 90 * 60_000;
const host = /^sns\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?$/;

/** Reads the envelope of an SNS message; null when it is none. */
export function readSns(body: Buffer): SnsMessage | null {
  let value: unknown;
  try {
    value = JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  const given = value as Record<string, unknown>;
  const needed = [
    "Type",
    "MessageId",
    "TopicArn",
    "Message",
    "Timestamp",
    "SignatureVersion",
    "Signature",
    "SigningCertURL",
  ];
  if (needed.some((name) => typeof given[name] !== "string")) return null;
  const optional = ["Subject", "Token", "SubscribeURL"];
  if (optional.some((name) => given[name] != null && typeof given[name] !== "string")) return null;
  return given as unknown as SnsMessage;
}

/** The region of an address that is Amazon's own SNS, by https on the usual port, without user or fragment; else null. */
export function snsRegion(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== "https:" || url.port !== "" || url.username !== "" || url.password !== "")
    return null;
  return host.exec(url.hostname)?.[1] ?? null;
}

/** What was signed: these fields in this order, a name and a value a line. */
function signedText(message: SnsMessage): string {
  const names =
    message.Type === "Notification"
      ? (["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"] as const)
      : ([
          "Message",
          "MessageId",
          "SubscribeURL",
          "Timestamp",
          "Token",
          "TopicArn",
          "Type",
        ] as const);
  return names
    .filter((name) => message[name] != null)
    .map((name) => `${name}\n${message[name]}\n`)
    .join("");
}

const digests: Readonly<Record<string, string>> = { "1": "RSA-SHA1", "2": "RSA-SHA256" };
const mostCertificates = 20;

/**
 * Checks SNS messages by the certificate that they name, which is taken from Amazon's
 * own hosts alone and from the region of the pinned topic, and kept.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
 */
export function snsVerifier(fetchText: FetchText) {
  const kept = new Map<string, Promise<KeyObject>>();

  function keyAt(url: string): Promise<KeyObject> {
    const known = kept.get(url);
    if (known) return known;
    const asked = fetchText(url).then((pem) => createPublicKey(pem));
    // A page that could not be had, or is no certificate, is asked for again.
    asked.catch(() => kept.delete(url));
    if (kept.size >= mostCertificates) kept.delete(kept.keys().next().value as string);
    kept.set(url, asked);
    return asked;
  }

  return async function verify(
    request: HookRequest,
    settings: HookSettings,
  ): Promise<HookRefusal | null> {
    if (!settings.topicArn) return "not_set_up";
    const message = readSns(request.body);
    if (!message) return "unreadable";
    // Before anything is fetched: nobody else's topic makes this server connect anywhere.
    if (!sameText(message.TopicArn, settings.topicArn)) return "foreign";
    const region = settings.topicArn.split(":")[3];
    if (snsRegion(message.SigningCertURL) !== region) return "signature";
    const path = new URL(message.SigningCertURL);
    if (
      !/^\/SimpleNotificationService-[A-Za-z0-9]+\.pem$/.test(path.pathname) ||
      path.search !== ""
    )
      return "signature";
    const digest = digests[message.SignatureVersion];
    if (digest === undefined) return "signature";
    const key = await keyAt(path.href);
    const signature = Buffer.from(message.Signature, "base64");
    if (!createVerify(digest).update(signedText(message), "utf8").verify(key, signature))
      return "signature";
    if (!isTimely(Date.parse(message.Timestamp), request.now, oldest)) return "stale";
    if (message.Type !== "Notification" && snsRegion(message.SubscribeURL ?? "") !== region)
      return "foreign";
    return null;
  };
}
