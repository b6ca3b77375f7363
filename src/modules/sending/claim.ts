import type { Tx } from "../../kernel/database/index.ts";
import { happened } from "../../kernel/reactions.ts";
import { refusalBits } from "../consent/index.ts";
import { readAddresses } from "../contacts/index.ts";
import { takeAllowance } from "./account-queries.ts";
import {
  type Decision,
  type DueMessage,
  decideAddress,
  decideBatch,
  markCancelled,
  markClaimed,
  type Picked,
  type Position,
  pickDue,
  readdress,
} from "./claim-queries.ts";
import { holdersOf, lockFences, shareOrMake } from "./fence-queries.ts";
import { messagesCancelled } from "./happenings.ts";
import type { ClaimedMessage } from "./message.ts";

interface ClaimRequest {
  accountId: string;
  workerId: string;
  limit: number;
  /** Where the claim before ended, so that what it took is not passed over again one by one; absent is the queue's beginning. */
  after?: Position | null;
}

/**
 * Claims the next messages of an account in the caller's transaction: locks
 * their fences in one statement, asks the gate in the next, marks those that it
 * lets through and cancels the others. Committing is the claim of invariant S1:
 * a stop that committed before is seen here, one that comes later waits for the
 * fences and finds the message claimed.
 */
export async function claimMessages(tx: Tx, request: ClaimRequest): Promise<ClaimedMessage[]> {
  return (await claimNext(tx, request)).claimed;
}

/**
 * The same, and whether the queue moved on, so that there is reason to claim again
 * at once; and where it ended, or null when the next claim had better begin anew.
 */
export async function claimNext(
  tx: Tx,
  request: ClaimRequest,
): Promise<{ claimed: ClaimedMessage[]; movedOn: boolean; ended: Position | null }> {
  const after = request.after ?? null;
  const picked = await pickDue(tx, request.accountId, request.limit, after);
  const last = picked.messages.at(-1);
  if (!last) return { claimed: [], movedOn: after !== null, ended: null };
  const messages = await behindFences(tx, picked);
  const decisions = await decide(tx, messages);

  const eligible: ClaimedMessage[] = [];
  const refused: (DueMessage & { refusals: number })[] = [];
  const moved: { id: string; address: string; key: string }[] = [];
  for (const message of messages) {
    const decision = decisions.get(message.id);
    if (!decision) {
      refused.push({ ...message, refusals: refusalBits.in_bin });
    } else if (decision.refusals !== 0 || decision.address === null || decision.key === null) {
      refused.push({ ...message, refusals: decision.refusals || refusalBits.no_address });
    } else if (decision.key !== message.key || decision.address !== message.address) {
      // Its new key's fence is not locked here, so it waits for the next claim.
      moved.push({ id: message.id, address: decision.address, key: decision.key });
    } else {
      eligible.push(message);
    }
  }
  // After the gate: what is refused uses up nothing of the account's limits.
  const granted =
    eligible.length > 0 && picked.limited
      ? await takeAllowance(tx, request.accountId, eligible.length)
      : eligible.length;
  const claimed = eligible.slice(0, granted);
  if (claimed.length > 0) await markClaimed(tx, request.workerId, claimed);
  if (moved.length > 0) await readdress(tx, moved);
  if (refused.length > 0) {
    await markCancelled(tx, refused);
    await happened(tx, messagesCancelled, refused);
  }
  const passedOver = picked.messages.length < request.limit || granted < eligible.length;
  return {
    claimed,
    movedOn: after !== null || claimed.length + moved.length + refused.length > 0,
    ended: passedOver ? null : { due: last.due, id: last.id },
  };
}

/** Those of the picked messages whose fences are locked. One whose fence a stop holds waits for its next claim; the stop may cancel it before. */
async function behindFences(tx: Tx, { messages, fences }: Picked): Promise<ClaimedMessage[]> {
  const subjects = messages.flatMap((m) => (m.contact_id ? [m.contact_id, m.key] : [m.key]));
  const missing = [tx.workspaceId, ...subjects].filter((subject) => !fences.has(subject));
  const made = missing.length > 0 ? await lockFences(tx, missing) : new Map<string, number>();
  const counterOf = (subject: string) => fences.get(subject) ?? made.get(subject);
  const tests = messages.filter((m) => m.contact_id === null && counterOf(m.key) !== undefined);
  const holders = tests.length > 0 ? await fencesOfHolders(tx, tests) : new Map<string, number>();
  const workspace = counterOf(tx.workspaceId);
  return messages.flatMap((message) => {
    const contact = message.contact_id ? counterOf(message.contact_id) : holders.get(message.key);
    const key = counterOf(message.key);
    return contact === undefined || key === undefined || workspace === undefined
      ? []
      : [{ ...message, fences: { contact, key, workspace } }];
  });
}

/**
 * A test send stands behind the fences of every contact that holds its address: the
 * sum of their counters by key. Asked once the keys' fences are locked, which
 * nobody then becomes or ceases to be a holder without waiting for. A key is left
 * out while a stop holds one of its contacts.
 */
async function fencesOfHolders(
  tx: Tx,
  tests: readonly { key: string }[],
): Promise<Map<string, number>> {
  const holders = await holdersOf(
    tx,
    tests.map((test) => test.key),
  );
  const locked = await shareOrMake(
    tx,
    holders.map((holder) => holder.contact_id),
  );
  const sums = new Map<string, number | undefined>(tests.map((test) => [test.key, 0]));
  for (const { key, contact_id } of holders) {
    const [sum, counter] = [sums.get(key), locked.get(contact_id)];
    sums.set(key, sum === undefined || counter === undefined ? undefined : sum + counter);
  }
  return new Map([...sums].flatMap(([key, sum]) => (sum === undefined ? [] : [[key, sum]])));
}

/** The gate's answer per message; one statement for each purpose in the batch. */
export async function decide(
  tx: Tx,
  messages: readonly DueMessage[],
): Promise<Map<string, Pick<Decision, "address" | "key" | "refusals">>> {
  const decisions = new Map<string, Pick<Decision, "address" | "key" | "refusals">>();
  const purposes = new Map<string, DueMessage[]>();
  for (const message of messages) {
    if (message.contact_id === null) {
      const keys = readAddresses(tx.secrets, [
        { channel: message.channel, value: message.address },
      ]);
      decisions.set(message.id, {
        address: message.address,
        key: message.key,
        refusals: await decideAddress(tx, {
          channel: message.channel,
          key: message.key,
          domainKey: keys.email_domain_key,
          rootKey: keys.email_root_key,
        }),
      });
      continue;
    }
    const purpose = `${message.channel} ${message.topic_id} ${message.campaign_id}`;
    const group = purposes.get(purpose);
    if (group) group.push(message);
    else purposes.set(purpose, [message]);
  }
  for (const group of purposes.values()) {
    const first = group[0] as DueMessage;
    const rows = await decideBatch(
      tx,
      { channel: first.channel, topicId: first.topic_id, campaignId: first.campaign_id },
      group.map((message) => message.contact_id as string),
    );
    const byContact = new Map(rows.map((row) => [row.contact_id, row]));
    for (const message of group) {
      const decision = byContact.get(message.contact_id as string);
      if (decision) decisions.set(message.id, decision);
    }
  }
  return decisions;
}
