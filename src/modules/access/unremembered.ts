import { type Route, streamingRoute } from "../../kernel/http/index.ts";

/**
 * A route whose body or answer carries a secret (a password, a key, a link).
 * Idempotency-Key would keep the answer, and a digest of the body, for a day;
 * here it is not honoured, and nothing is kept.
 */
export function unremembered(each: Route): Route {
  if (!("handler" in each)) return each;
  const { handler, ...description } = each;
  return streamingRoute({
    ...description,
    async stream(input) {
      const answer = await input.db.inWorkspace(input.caller.workspaceId, (tx) =>
        handler({ ...input, tx }),
      );
      input.reply.status(description.status ?? (description.response ? 200 : 204));
      return answer ?? null;
    },
  });
}
