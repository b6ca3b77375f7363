import type { Secrets } from "../../kernel/secrets.ts";

/** What an address of ours that mail comes back to stands for. */
export interface ReturnAddress {
  /** `bounce` is an envelope sender (VERP), `reply` a Reply-To. */
  kind: "bounce" | "reply";
  messageId: string;
}

const letters = "abcdefghijklmnopqrstuvwxyz234567";
const purpose = "return-path";
const prefixes = { bounce: "b-", reply: "r-" } as const;

/**
 * The local part of an address that names one message of ours: variable envelope
 * return path. 60 letters, within the 64 of RFC 5321 (4.5.3.1.1), in base32
 * because servers on the way may change the case. Nobody else can make one.
 */
export function makeReturnAddress(
  secrets: Secrets,
  workspaceId: string,
  address: ReturnAddress,
): string {
  const message = bytesOf(address.messageId);
  const signature = secrets.sign(purpose, signed(address.kind, workspaceId, message));
  const body = Buffer.concat([bytesOf(workspaceId).subarray(12), message, signature]);
  return prefixes[address.kind] + base32(body);
}

/**
 * What a local part stands for, or null when this installation did not make it.
 * `workspaceIds` are those it may belong to; the token's last four bytes of the
 * workspace's id choose among them, the signature decides.
 */
export function readReturnAddress(
  secrets: Secrets,
  localPart: string,
  workspaceIds: readonly string[],
): (ReturnAddress & { workspaceId: string }) | null {
  const spelled = localPart.toLowerCase();
  const kind = spelled.startsWith(prefixes.bounce)
    ? "bounce"
    : spelled.startsWith(prefixes.reply)
      ? "reply"
      : null;
  if (!kind) return null;
  const body = fromBase32(spelled.slice(2));
  if (body?.length !== 36) return null;
  const message = body.subarray(4, 20);
  const workspaceId = workspaceIds.find(
    (id) =>
      bytesOf(id).subarray(12).equals(body.subarray(0, 4)) &&
      secrets.verify(purpose, signed(kind, id, message), body.subarray(20)),
  );
  return workspaceId ? { kind, workspaceId, messageId: uuidOf(message) } : null;
}

function signed(kind: string, workspaceId: string, message: Buffer): Buffer {
  return Buffer.concat([Buffer.from(kind), bytesOf(workspaceId), message]);
}

/** RFC 4648 base32 without padding, in lower case. */
function base32(bytes: Buffer): string {
  let text = "";
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += letters[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + letters[(held << (5 - bits)) & 31] : text;
}

function fromBase32(text: string): Buffer | null {
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const letter of text) {
    const value = letters.indexOf(letter);
    if (value === -1) return null;
    held = (held << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 255);
    }
    held &= (1 << bits) - 1;
  }
  return Buffer.from(bytes);
}

function bytesOf(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll("-", ""), "hex");
}

function uuidOf(bytes: Buffer): string {
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
