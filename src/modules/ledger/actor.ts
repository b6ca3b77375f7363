import type { Caller } from "../../kernel/http/index.ts";

/** Who did it, as every record of an act names them. */
export type Actor =
  | { readonly type: "user"; readonly id: string }
  | { readonly type: "api_key"; readonly id: string }
  /** The person written to: a link, a form, a reply. */
  | { readonly type: "recipient"; readonly id: string | null }
  | { readonly type: "import"; readonly id: string }
  /** Whoever may run commands on the server itself. */
  | { readonly type: "operator"; readonly id: null }
  /** Heed itself, following a rule: a bounce, quarantine. */
  | { readonly type: "system"; readonly id: null };

export const system: Actor = { type: "system", id: null };

export const operator: Actor = { type: "operator", id: null };

export function actorOf(caller: Caller): Actor {
  return caller.apiKeyId
    ? { type: "api_key", id: caller.apiKeyId }
    : { type: "user", id: caller.userId };
}
