import { type Reaction, when } from "../kernel/reactions.ts";
import {
  giveFollowUpsBack,
  moveFollowUpsToWinner,
  onMessagesAccepted,
  onMessagesCancelled,
  onMessagesFailed,
  onMessagesReported,
  onMessagesUnknown,
  onStopsMade,
  onUnsubscribed,
  pauseCampaignsOf,
} from "../modules/campaigns/index.ts";
import {
  carryStops,
  carryStopsBack,
  makeStop,
  noteSuccess,
  noteTemporaryFailure,
  stopBounced,
  stopsMade,
} from "../modules/consent/index.ts";
import { contactsMerged, contactsUnmerged } from "../modules/contacts/index.ts";
import { giveLinkedBack, moveLinkedToWinner } from "../modules/crm/index.ts";
import { system } from "../modules/ledger/index.ts";
import { giveBackFromWinner, moveToWinner } from "../modules/lists/index.ts";
import {
  accountTripped,
  findMessage,
  giveMessagesBack,
  messagesAccepted,
  messagesCancelled,
  messagesDelayed,
  messagesFailed,
  messagesReported,
  messagesUnknown,
  moveMessagesToWinner,
  saysOptedOut,
  stopMessages,
  takenByRecipients,
} from "../modules/sending/index.ts";
import { countMessages, countStop } from "./metrics.ts";

/** When X, then Y, in the same transaction: everything that one module's act means for another. */
export const reactions: readonly Reaction[] = [
  when(stopsMade, stopMessages),
  when(stopsMade, onStopsMade),
  when(stopsMade, async (tx, { added }) => {
    const pressed = added.filter(
      (stop) => stop.kind === "unsubscribe" && typeof stop.evidence.message_id === "string",
    );
    for (const stop of pressed) {
      const message = await findMessage(tx, stop.evidence.message_id as string);
      if (message) await onUnsubscribed(tx, [message]);
    }
    tx.afterCommit(async () => {
      for (const stop of added) countStop(stop.kind);
    });
  }),

  // Stops first: what is carried to the winner decides what becomes of its follow-ups.
  when(contactsMerged, carryStops),
  when(contactsMerged, moveToWinner),
  when(contactsMerged, moveLinkedToWinner),
  when(contactsMerged, moveFollowUpsToWinner),
  when(contactsMerged, moveMessagesToWinner),
  when(contactsUnmerged, carryStopsBack),
  when(contactsUnmerged, giveBackFromWinner),
  when(contactsUnmerged, giveLinkedBack),
  when(contactsUnmerged, giveFollowUpsBack),
  when(contactsUnmerged, giveMessagesBack),

  when(messagesAccepted, onMessagesAccepted),
  when(messagesAccepted, async (tx, messages) => {
    // A provider that takes messages for others says later whether they arrived.
    const arrived = await takenByRecipients(tx, messages);
    for (const channel of new Set(arrived.map((message) => message.channel))) {
      const keys = arrived.flatMap((each) => (each.channel === channel ? [each.key] : []));
      await noteSuccess(tx, keys, channel);
    }
    tx.afterCommit(async () => countMessages("accepted", messages.length));
  }),

  when(messagesCancelled, onMessagesCancelled),
  when(messagesCancelled, async (tx, messages) => {
    tx.afterCommit(async () => countMessages("cancelled", messages.length));
  }),

  when(messagesFailed, onMessagesFailed),
  when(messagesFailed, async (tx, messages) => {
    await stopBounced(
      tx,
      messages
        .filter((each) => each.hard)
        .map((message) => ({
          key: message.key,
          channel: message.channel,
          contactId: message.contact_id,
          because: "the server of the address says that it does not exist",
          evidence: { message_id: message.id, code: message.code },
        })),
    );
    for (const message of messages.filter((each) => saysOptedOut(each))) {
      await makeStop(tx, {
        kind: "unsubscribe",
        subject: { key: message.key, channel: message.channel },
        cause: "reply",
        because: "the provider says that this number has answered STOP",
        evidence: { message_id: message.id, code: message.code },
        actor: system,
      });
    }
    tx.afterCommit(async () => countMessages("failed", messages.length));
  }),

  when(messagesUnknown, onMessagesUnknown),
  when(messagesUnknown, async (tx, messages) => {
    tx.afterCommit(async () => countMessages("unknown", messages.length));
  }),

  when(messagesReported, onMessagesReported),

  when(accountTripped, pauseCampaignsOf),

  when(messagesDelayed, async (tx, messages) => {
    for (const message of messages.filter((each) => each.aboutAddress)) {
      await noteTemporaryFailure(tx, message);
    }
  }),
];
