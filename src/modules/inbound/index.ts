export { type Reception, receiveMail, receiveReply } from "./receive-reply.ts";
export { inboundRoutes } from "./routes.ts";
