import { buildContactRow } from "../../../../test/builders/contact-row.ts";
import type { Tx } from "../../../kernel/database/index.ts";
import { newId } from "../../../kernel/ids.ts";
import { keyOfAddress } from "../../contacts/index.ts";
import { defaultAccount } from "../accounts/default-account.ts";
import { claimMessages } from "../claim.ts";
import { queueMessages } from "../queue-messages.ts";
import { recordAll } from "../record-outcomes.ts";
import type { SendingServer } from "../testing.ts";

let number = 0;

/** Acts that make a history, in the server's workspace. */
export function actsOn(heed: SendingServer) {
  const inTx = <T>(act: (tx: Tx) => Promise<T>) => heed.db.inWorkspace(heed.workspaceId, act);
  const user = () => ({ type: "user" as const, id: heed.userId });
  const pause = (ms = 15) => new Promise((wake) => setTimeout(wake, ms));

  async function addContact(ownerId: string | null = null): Promise<{ id: string; email: string }> {
    const email = `person${++number}@example.org`;
    return { id: await inTx((tx) => buildContactRow(tx, { email, ownerId })), email };
  }

  async function queue(
    contact: { id: string; email: string },
    more: { due_at?: Date; campaign_id?: string | null } = {},
  ): Promise<string> {
    const id = newId();
    await inTx(async (tx) => {
      const account = await defaultAccount(tx, "email");
      const { key, value } = keyOfAddress(tx.secrets, "email", contact.email);
      await queueMessages(tx, [
        {
          id,
          campaign_id: null,
          follow_up_id: null,
          round: 1,
          step: 0,
          contact_id: contact.id,
          channel: "email",
          topic_id: null,
          address: value,
          key,
          account_id: account?.id ?? "",
          due_at: new Date(),
          ...more,
        },
      ]);
    });
    return id;
  }

  /** Claims what is due and records it as accepted. */
  async function send(): Promise<string[]> {
    const account = await inTx((tx) => defaultAccount(tx, "email"));
    const claimed = await inTx((tx) =>
      claimMessages(tx, { accountId: account?.id ?? "", workerId: newId(), limit: 50 }),
    );
    await inTx((tx) =>
      recordAll(
        tx,
        claimed.map((message) => ({
          message,
          result: { outcome: "accepted", providerId: null, response: "250 ok" },
        })),
        () => 0.5,
      ),
    );
    return claimed.map((message) => message.id);
  }

  return { inTx, user, pause, addContact, queue, send };
}
