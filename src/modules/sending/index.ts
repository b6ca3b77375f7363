export type { Provider, ProviderSettings, SendingAccount } from "./account.ts";
export { workspaceOfAddress } from "./account-queries.ts";
export { adviseOn } from "./accounts/advice.ts";
export type { CheckAccount, CheckResult } from "./accounts/check-account.ts";
export { createAccount } from "./accounts/create-account.ts";
export { createSink } from "./accounts/create-sink.ts";
export { defaultAccount } from "./accounts/default-account.ts";
export { type HookAccount, hookAccount } from "./accounts/hook-account.ts";
export type { DefaultAccount } from "./accounts/queries.ts";
export { type NewAccount, newAccountSchema } from "./accounts/schemas.ts";
export { Batcher } from "./batcher.ts";
export { trippedAmong } from "./breaker/queries.ts";
export { refuseTripped } from "./breaker/refuse-tripped.ts";
export { claimMessages } from "./claim.ts";
export type { Composer, Letter, Links } from "./composer.ts";
export { giveMessagesBack, moveMessagesToWinner } from "./follow-merge.ts";
export {
  accountTripped,
  messagesAccepted,
  messagesCancelled,
  messagesDelayed,
  messagesFailed,
  messagesReported,
  messagesUnknown,
} from "./happenings.ts";
export { type Why, why } from "./history/why.ts";
export { withManualLetters } from "./manual-sends/compose-manual.ts";
export { messageFates } from "./manual-sends/fates.ts";
export { queueManual } from "./manual-sends/queue-manual.ts";
export type { ClaimedMessage, MessageRef, MessageState, NewMessage } from "./message.ts";
export { topicOfMessage } from "./messages/queries.ts";
export {
  deleteQueued,
  findMessage,
  findMessages,
  lastMessageTo,
  type MessageRow,
  messagesOfContact,
  takenByRecipients,
} from "./queries.ts";
export { queueMessages } from "./queue-messages.ts";
export { type Report, reportMessages } from "./report-messages.ts";
export { makeReturnAddress, type ReturnAddress, readReturnAddress } from "./return-path.ts";
export { type SendingParts, sendingRoutes } from "./routes.ts";
export { type ReportedFact, saysOptedOut } from "./rules.ts";
export { type Sender, type SenderOptions, startSender, sweepOrphans } from "./sender.ts";
export { createSinkTransport } from "./sink-transport.ts";
export { cancelCovered, stopMessages } from "./stop-messages.ts";
export { sendTest, type TestSend } from "./test-sends/send-test.ts";
export type { Envelope, HandOver, HandOverResult, Transport } from "./transport.ts";
