import type { Database } from "../../../kernel/database/index.ts";
import { HeedError, messageOf } from "../../../kernel/errors.ts";
import type { HookAccount } from "../../sending/index.ts";
import { receiveText } from "../text-messages/receive-text.ts";
import type { HookContent, HookReader, HookRefusal, HookRequest } from "./contract.ts";
import { accountByKey } from "./hook-accounts.ts";
import type { EventStore } from "./store-events.ts";

interface Parts {
  db: Database;
  readers: Readonly<Record<string, HookReader>>;
  store: EventStore;
  kick(workspaceId: string): void;
}

/**
 * Takes one webhook: checks who calls, stores what it says, and answers only then.
 * @throws HeedError not_found, hook_refused, hook_foreign, hook_unchecked, bad_request
 */
export async function receiveHook(
  parts: Parts,
  given: { provider: string; key: string; request: HookRequest },
): Promise<{ type: string; body: string }> {
  const { db, store } = parts;
  const reader = Object.hasOwn(parts.readers, given.provider)
    ? parts.readers[given.provider]
    : undefined;
  const account = reader && (await accountByKey(db, given.key));
  if (!reader || account?.provider !== given.provider) {
    throw new HeedError(
      "not_found",
      "There is no such webhook. Copy its address from the sending account.",
    );
  }
  const refusal = await verified(reader, given.request, account);
  if (refusal) {
    db.log.warn(
      { provider: given.provider, account: account.id, refusal },
      "a webhook was refused",
    );
    throw refusalError(refusal);
  }
  let content: HookContent;
  try {
    content = reader.read(given.request);
  } catch (error) {
    db.log.warn(
      { err: messageOf(error), provider: given.provider, account: account.id },
      "a webhook could not be read; it is kept",
    );
    const { body, now } = given.request;
    await store.storeUnreadable(account.workspaceId, {
      accountId: account.id,
      provider: given.provider,
      body,
      now,
    });
    return answerOf(reader, null);
  }
  if (content.confirmUrl) await confirm(db, reader, content.confirmUrl);
  await store.store(account.workspaceId, {
    accountId: account.id,
    provider: given.provider,
    events: content.events,
  });
  if (content.events.length > 0) parts.kick(account.workspaceId);
  let reply: string | null = null;
  for (const text of content.texts) {
    // One at a time: each is kept, and its stop acknowledged, before the provider is answered.
    reply =
      (await db.inWorkspace(account.workspaceId, (tx) => receiveText(tx, { text, account }))) ??
      reply;
  }
  return answerOf(reader, reply);
}

async function verified(
  reader: HookReader,
  request: HookRequest,
  account: HookAccount,
): Promise<HookRefusal | null> {
  try {
    return await reader.verify(request, {
      secret: account.secret,
      verificationKey: account.settings.verification_key ?? null,
      topicArn: account.settings.topic_arn ?? null,
    });
  } catch (error) {
    throw new HeedError(
      "hook_unchecked",
      "What this webhook is checked with cannot be had at this moment. Call again later.",
      {},
      { cause: error },
    );
  }
}

const advice: Readonly<Record<HookRefusal, string>> = {
  signature: "The signature does not fit this account and body.",
  stale: "The signature is of another time. Check the clocks on both sides.",
  foreign: "This webhook belongs to somebody else.",
  not_set_up: "The sending account lacks what its webhooks are checked with. Set it up first.",
  unreadable: "This is no webhook of this provider.",
};

function refusalError(refusal: HookRefusal): HeedError {
  const codes = { foreign: "hook_foreign", not_set_up: "hook_foreign", unreadable: "bad_request" };
  const code = (codes as Partial<Record<HookRefusal, string>>)[refusal] ?? "hook_refused";
  return new HeedError(code, advice[refusal], { refusal });
}

/** A subscription that could not be confirmed is offered again by the provider. */
async function confirm(db: Database, reader: HookReader, url: string): Promise<void> {
  try {
    await reader.confirm?.(url);
  } catch (error) {
    db.log.warn({ err: messageOf(error) }, "a topic could not be confirmed");
    throw new HeedError(
      "hook_unchecked",
      "The subscription could not be confirmed. Ask again later.",
    );
  }
}

function answerOf(reader: HookReader, reply: string | null): { type: string; body: string } {
  return reader.answer?.(reply) ?? { type: "application/json; charset=utf-8", body: "{}" };
}
