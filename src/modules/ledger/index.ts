export { type Actor, actorOf, operator, system } from "./actor.ts";
export { type Entry, listEntries } from "./queries.ts";
export { type Act, record } from "./record.ts";
export { ledgerRoutes } from "./routes.ts";
export { anchorMissing, sealAll, startSealer } from "./seal.ts";
export { type Verification, verifyLedger } from "./verify.ts";
