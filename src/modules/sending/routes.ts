import type { Route } from "../../kernel/http/index.ts";
import type { CheckAccount } from "./accounts/check-account.ts";
import { accountRoutes } from "./accounts/routes.ts";
import { historyRoutes } from "./history/routes.ts";
import { messageRoutes } from "./messages/routes.ts";
import { sinkRoutes } from "./sink/routes.ts";

/** What the routes need of the providers; app wires it. */
export interface SendingParts {
  checkAccount: CheckAccount;
}

export function sendingRoutes(parts: SendingParts): Route[] {
  return [...accountRoutes(parts.checkAccount), ...sinkRoutes, ...messageRoutes, ...historyRoutes];
}
