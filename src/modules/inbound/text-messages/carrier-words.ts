import type { TextUnderstanding } from "./contract.ts";

/** What carriers want understood, alone in a message (CTIA Messaging Principles; 47 CFR 64.1200(a)(10)). */
const words: Readonly<Record<string, TextUnderstanding["meaning"]>> = {
  stop: "stop",
  stopall: "stop_all",
  unsubscribe: "stop",
  cancel: "stop",
  end: "stop",
  quit: "stop",
  revoke: "stop",
  optout: "stop",
  arret: "stop",
  start: "start",
  yes: "start",
  unstop: "start",
  help: "help",
  info: "help",
};

/** Reads the carriers' words, whatever their case and punctuation. */
export function readCarrierWord(body: string): TextUnderstanding {
  const key = body
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z]+/g, "");
  const meaning = Object.hasOwn(words, key) ? words[key] : undefined;
  return meaning
    ? { meaning, certain: true, because: body.trim().slice(0, 200) }
    : { meaning: "other", certain: true, because: "" };
}
