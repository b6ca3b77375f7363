export { decodeCursor, decodeIdCursor, decodePositionCursor, encodeCursor } from "./cursor.ts";
export { deleteOldAnswers } from "./idempotency.ts";
export { type Caller, publicRoute, type Route, route, streamingRoute } from "./route.ts";
export {
  errorSchema,
  id,
  idParams,
  jobStarted,
  page,
  pageQuery,
  rfc3339,
  rfc3339OrNull,
  time,
} from "./schemas.ts";
export { buildServer, type ServerOptions } from "./server.ts";
export { statusOf } from "./status.ts";
