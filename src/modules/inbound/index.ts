export { startPolling } from "./imap/start-polling.ts";
export { type InboxWorker, startInboxWorker } from "./inbox-worker.ts";
export { Reader } from "./reading/reader.ts";
export { receiveMail } from "./receive-mail.ts";
export { receiveReply } from "./receive-reply.ts";
export { inboundRoutes } from "./routes.ts";
export { listenForMail, type MailListener } from "./smtp/listen.ts";
export { largestMessage } from "./store-message.ts";
export type { Understanding } from "./understanding.ts";
