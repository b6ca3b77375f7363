import { createHash } from "node:crypto";
import type { Tx } from "../../../kernel/database/index.ts";
import { isHeedError } from "../../../kernel/errors.ts";
import { newId } from "../../../kernel/ids.ts";
import { findWorkspace } from "../../access/index.ts";
import { pauseFollowUpsOf } from "../../campaigns/index.ts";
import { liftStop, makeStop, stopsOfSubjects } from "../../consent/index.ts";
import { findContactByAddress, isProblem, keyOfAddress, parsePhone } from "../../contacts/index.ts";
import { appendToConversation } from "../../crm/index.ts";
import { type Actor, system } from "../../ledger/index.ts";
import { type HookAccount, lastMessageTo } from "../../sending/index.ts";
import type { IncomingText } from "../events/contract.ts";
import { receiveReply } from "../receive-reply.ts";
import type { ReplyLanguage } from "../replies/meaning.ts";
import { helpAnswer, stopConfirmation } from "../texts/answers.ts";
import { type TextUnderstanding, understandText } from "../texts/understand-text.ts";
import type { Deed } from "../understanding.ts";
import { holdText, insertText, isKept } from "./queries.ts";

interface Sender {
  key: string | null;
  contactId: string | null;
  /** ISO 3166 code of the number's country, where it tells. */
  country: string | null;
}

/**
 * Takes a text that a person sent: keeps it, does what it asks for, and returns
 * what to answer, or null. STOP holds for the whole channel, whichever of our numbers it
 * was sent to; it is confirmed once. A text that comes again does nothing.
 */
export async function receiveText(
  tx: Tx,
  given: { text: IncomingText; account: HookAccount },
): Promise<string | null> {
  const { text, account } = given;
  const digest = createHash("sha256")
    .update(`${account.provider} ${account.id} ${text.id}`)
    .digest();
  await holdText(tx, digest);
  if (await isKept(tx, digest)) return null;
  const sender = await senderOf(tx, text);
  const understood = understandText({
    body: text.text,
    channel: text.channel,
    provider: account.provider,
    ...(sender.country ? { country: sender.country } : {}),
  });
  const message = sender.contactId
    ? await lastMessageTo(tx, { contactId: sender.contactId, channel: text.channel })
    : undefined;
  const { did, answer } = await act(tx, given, { sender, understood });
  if (sender.contactId && understood.meaning !== "start" && understood.meaning !== "help") {
    await receiveReply(tx, {
      contactId: sender.contactId,
      followUpId: message?.follow_up_id ?? null,
      messageId: message?.id ?? null,
      at: text.at,
      actor: system,
    });
    did.push({ what: "follow_ups_ended" });
    if (!understood.certain) {
      const count = await pauseFollowUpsOf(tx, sender.contactId, "reply_doubtful");
      if (count > 0) did.push({ what: "follow_ups_paused", count });
    }
  }
  const said = text.text.replaceAll("\0", "").toWellFormed();
  const id = newId();
  if (sender.contactId) {
    await appendToConversation(tx, {
      contactId: sender.contactId,
      channel: text.channel,
      direction: "in",
      subject: "",
      text: said,
      at: text.at,
      fromAddress: text.from,
      toAddress: text.to,
      inboundId: id,
    });
  }
  await insertText(tx, {
    id,
    channel: text.channel,
    digest,
    raw: Buffer.from(JSON.stringify(text)),
    from: text.from,
    to: text.to,
    said,
    state: understood.certain && sender.key !== null ? "done" : "waiting",
    contactId: sender.contactId,
    key: sender.key,
    messageId: message?.id ?? null,
    meaning: asksToStop(understood) ? "unsubscribe" : "other",
    certain: understood.certain,
    understoodAs: `text: ${understood.meaning}`,
    because: understood.because,
    did,
  });
  return text.answeredByProvider ? null : answer;
}

async function senderOf(tx: Tx, text: IncomingText): Promise<Sender> {
  try {
    const { key } = keyOfAddress(tx.secrets, text.channel, text.from);
    const phone = parsePhone(text.from);
    return {
      key,
      contactId: await findContactByAddress(tx, text.channel, key),
      country: isProblem(phone) ? null : phone.country,
    };
  } catch (error) {
    // Short codes and names are no numbers; a person looks at what they send.
    if (isHeedError(error)) return { key: null, contactId: null, country: null };
    throw error;
  }
}

function asksToStop({ meaning }: TextUnderstanding): boolean {
  return meaning === "stop" || meaning === "stop_all" || meaning === "free_stop";
}

const languages: Readonly<Record<string, ReplyLanguage>> = {
  FR: "fr",
  ES: "es",
  MX: "es",
  AR: "es",
  CO: "es",
  CL: "es",
  PE: "es",
  DE: "de",
  AT: "de",
  NL: "nl",
  IT: "it",
  PT: "pt",
  BR: "pt",
};

function languageOf({ country }: Sender): ReplyLanguage {
  return languages[country ?? ""] ?? "en";
}

async function act(
  tx: Tx,
  { text, account }: { text: IncomingText; account: HookAccount },
  { sender, understood }: { sender: Sender; understood: TextUnderstanding },
): Promise<{ did: Deed[]; answer: string | null }> {
  const { key } = sender;
  const recipient: Actor = { type: "recipient", id: sender.contactId };
  if (key === null || !understood.certain) return { did: [], answer: null };
  if (asksToStop(understood)) {
    const channels =
      understood.meaning === "stop_all" ? (["sms", "whatsapp"] as const) : [text.channel];
    const did: Deed[] = [];
    let first = false;
    for (const channel of channels) {
      const { stop, added } = await makeStop(tx, {
        kind: "unsubscribe",
        subject: { key, channel },
        channel,
        cause: "reply",
        because: "asked to stop by text",
        evidence: { provider: account.provider, text_id: text.id },
        actor: recipient,
      });
      did.push({ what: "stopped", kind: stop.kind, stop_id: stop.id });
      first ||= added;
    }
    return {
      did,
      answer: first ? stopConfirmation(languageOf(sender), (await findWorkspace(tx)).name) : null,
    };
  }
  if (understood.meaning === "start") {
    return { did: await liftOwn(tx, key, text, recipient), answer: null };
  }
  if (understood.meaning === "help") {
    const { name } = await findWorkspace(tx);
    return { did: [], answer: helpAnswer(languageOf(sender), name, account.replyTo ?? name) };
  }
  return { did: [], answer: null };
}

/** START ends what the person said by STOP, and nothing else that stands on the number. */
async function liftOwn(tx: Tx, key: string, text: IncomingText, recipient: Actor): Promise<Deed[]> {
  const own = (await stopsOfSubjects(tx, [key])).filter(
    (stop) => stop.standing && stop.kind === "unsubscribe" && stop.channel === text.channel,
  );
  for (const stop of own) {
    await liftStop(tx, {
      stopId: stop.id,
      actor: recipient,
      lifter: { as: "recipient", permissions: new Set() },
      authorization: "asked for it by text (START)",
      evidence: { text_id: text.id },
    });
  }
  return own.map((stop) => ({ what: "lifted", kind: stop.kind, stop_id: stop.id }));
}
