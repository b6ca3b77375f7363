import type { Secrets } from "../../kernel/secrets.ts";

const purpose = "form-confirmation";

/** What the link in a confirmation mail stands for. */
export interface ConfirmToken {
  workspaceId: string;
  submissionId: string;
}

export function makeConfirmToken(secrets: Secrets, token: ConfirmToken): string {
  const body = Buffer.from(`${token.workspaceId}${token.submissionId}`.replaceAll("-", ""), "hex");
  return Buffer.concat([body, secrets.sign(purpose, body)]).toString("base64url");
}

/** Null when this installation did not make it letter for letter. */
export function readConfirmToken(secrets: Secrets, token: string): ConfirmToken | null {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length !== 48 || bytes.toString("base64url") !== token) return null;
  const body = bytes.subarray(0, 32);
  if (!secrets.verify(purpose, body, bytes.subarray(32))) return null;
  return { workspaceId: uuidOf(body, 0), submissionId: uuidOf(body, 16) };
}

function uuidOf(bytes: Buffer, at: number): string {
  return bytes.toString("hex", at, at + 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
