import type { Secrets } from "../../../kernel/secrets.ts";
import { type Channel, channels } from "../../contacts/index.ts";

/** What an unsubscribe link stands for. It names nobody: a workspace, a key, a message. */
export interface UnsubscribeToken {
  workspaceId: string;
  key: string;
  channel: Channel;
  messageId: string;
}

/** Lets one press be taken back, for a short while. */
export interface UndoToken {
  workspaceId: string;
  stopId: string;
}

/** What a preference link stands for: one address of a workspace. */
export interface PreferencesToken {
  workspaceId: string;
  key: string;
  channel: Channel;
}

const version = 1;
const purpose = "unsubscribe";
const undoPurpose = "unsubscribe-undo";
const preferencesPurpose = "preferences";
/** How long a press can be taken back. */
export const undoMilliseconds = 30 * 60_000;

/**
 * The token of a message's unsubscribe link. All it needs is in it and it never
 * expires, so it works whatever became of the contact, the message or the
 * secret it was signed with (S11). 88 letters of base64url.
 */
export function makeUnsubscribeToken(secrets: Secrets, token: UnsubscribeToken): string {
  const body = Buffer.concat([
    Buffer.of(version),
    bytesOf(token.workspaceId),
    bytesOf(token.key),
    Buffer.of(channels.indexOf(token.channel)),
    bytesOf(token.messageId),
  ]);
  return Buffer.concat([body, secrets.sign(purpose, body)]).toString("base64url");
}

/** What the token says, or null when this installation did not make it letter for letter. */
export function readUnsubscribeToken(secrets: Secrets, token: string): UnsubscribeToken | null {
  const body = signedBody(secrets, purpose, token, 50);
  const channel = channels[body?.[33] ?? -1];
  if (!body || !channel) return null;
  return {
    workspaceId: uuidAt(body, 1),
    key: uuidAt(body, 17),
    channel,
    messageId: uuidAt(body, 34),
  };
}

/** A token that only the answer of a press holds: the link in the mail can never lift (S11). */
export function makeUndoToken(secrets: Secrets, token: UndoToken, now: Date): string {
  const expires = Buffer.alloc(6);
  expires.writeUIntBE(now.getTime() + undoMilliseconds, 0, 6);
  const body = Buffer.concat([
    Buffer.of(version),
    bytesOf(token.workspaceId),
    bytesOf(token.stopId),
    expires,
  ]);
  return Buffer.concat([body, secrets.sign(undoPurpose, body)]).toString("base64url");
}

/**
 * The token of a preference page. Unlike an unsubscribe link it may also lift the person's own
 * unsubscribes, so it stands in the mail's text alone and never in a header that programs press.
 */
export function makePreferencesToken(secrets: Secrets, token: PreferencesToken): string {
  const body = Buffer.concat([
    Buffer.of(version),
    bytesOf(token.workspaceId),
    bytesOf(token.key),
    Buffer.of(channels.indexOf(token.channel)),
  ]);
  return Buffer.concat([body, secrets.sign(preferencesPurpose, body)]).toString("base64url");
}

/** Whose preferences, or null when this installation did not make the token letter for letter. */
export function readPreferencesToken(secrets: Secrets, token: string): PreferencesToken | null {
  const body = signedBody(secrets, preferencesPurpose, token, 34);
  const channel = channels[body?.[33] ?? -1];
  if (!body || !channel) return null;
  return { workspaceId: uuidAt(body, 1), key: uuidAt(body, 17), channel };
}

/** The stop that may be taken back, or null when the token is forged or its time is over. */
export function readUndoToken(secrets: Secrets, token: string, now: Date): UndoToken | null {
  const body = signedBody(secrets, undoPurpose, token, 39);
  if (!body || now.getTime() > body.readUIntBE(33, 6)) return null;
  return { workspaceId: uuidAt(body, 1), stopId: uuidAt(body, 17) };
}

/** The bytes before the signature, if it fits and the token is spelled in the one way that we spell it. */
function signedBody(
  secrets: Secrets,
  signedFor: string,
  token: string,
  length: number,
): Buffer | null {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length !== length + 16 || bytes[0] !== version) return null;
  // Node skips letters that are no base64url; a token is this very text or none.
  if (bytes.toString("base64url") !== token) return null;
  const body = bytes.subarray(0, length);
  return secrets.verify(signedFor, body, bytes.subarray(length)) ? body : null;
}

function bytesOf(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll("-", ""), "hex");
}

function uuidAt(bytes: Buffer, at: number): string {
  const hex = bytes.toString("hex", at, at + 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
