export { startEventSweep } from "./events/applier.ts";
export { applyPending } from "./events/apply-events.ts";
export type { HookReader } from "./events/contract.ts";
export { forgetEvents } from "./events/queries.ts";
export { type HookOptions, hookRoutes } from "./events/routes.ts";
export { type Reception, receiveMail, receiveReply } from "./receive-reply.ts";
export { inboundRoutes } from "./routes.ts";
