import type { Understanding } from "../understanding.ts";
import { type Question, type Reader, UnreadableMail } from "./reader.ts";

/**
 * Reads mail, a second time when that failed: a busy machine makes mail slow as
 * well. What cannot be read is "unreadable", with why, for a person to look at.
 */
export async function readSafely(
  reader: Reader,
  mail: Omit<Question, "id">,
): Promise<Understanding> {
  try {
    return await reader.read(mail).catch((error) => {
      if (!(error instanceof UnreadableMail)) throw error;
      return reader.read(mail);
    });
  } catch (error) {
    if (!(error instanceof UnreadableMail)) throw error;
    return unreadable(error.message);
  }
}

function unreadable(because: string): Understanding {
  return {
    kind: "unreadable",
    fromAddress: null,
    fromName: "",
    toAddress: null,
    subject: "",
    mailId: null,
    answers: [],
    token: null,
    recipients: [],
    meaning: null,
    certain: false,
    language: null,
    said: "",
    until: null,
    suggestions: [],
    eraseRequested: false,
    understoodAs: "unreadable",
    because,
  };
}
