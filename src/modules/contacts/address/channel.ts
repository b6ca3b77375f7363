/** The ways a person can be written to or called (product.md, Words). */
export type Channel = "email" | "sms" | "whatsapp" | "call";

export const channels: readonly Channel[] = ["email", "sms", "whatsapp", "call"];

export function isChannel(value: unknown): value is Channel {
  return channels.includes(value as Channel);
}
