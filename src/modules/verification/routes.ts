import type { Resolver } from "node:dns/promises";
import { z } from "zod";
import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import {
  idParams,
  type Route,
  rfc3339,
  route,
  streamingRoute,
  time,
} from "../../kernel/http/index.ts";
import { requireVisible } from "../contacts/index.ts";
import { findCandidate, findVerification } from "./queries.ts";
import { verifyCandidates } from "./verify.ts";

const verificationSchema = z.object({
  verdict: z.enum(["valid", "risky", "invalid", "unknown"]),
  reasons: z
    .array(z.string())
    .describe(
      "no_domain, null_mx, no_mail_server, disposable, role_account, bounced; no_answer, not_asked",
    ),
  at: time.nullable(),
  expires_at: time.nullable(),
});

/** What is known of a contact's email address, and asking anew. */
export function verificationRoutes(resolver: Resolver | null): Route[] {
  return [
    route({
      method: "GET",
      path: "/contacts/:id/verification",
      permission: "contacts.view",
      summary: "What is known of the contact's email address",
      tag: "Contacts",
      params: idParams,
      response: verificationSchema,
      async handler({ tx, caller, params }) {
        const contact = await requireVisible(tx, caller, params.id);
        return present(tx, contact.email_key);
      },
    }),
    streamingRoute({
      method: "POST",
      path: "/contacts/:id/verification",
      permission: "contacts.edit",
      summary: "Verify the email address anew; invalid deactivates, valid takes that back",
      tag: "Contacts",
      params: idParams,
      response: verificationSchema,
      async stream({ db, caller, params }) {
        const candidate = await db.inWorkspace(caller.workspaceId, async (tx) => {
          await requireVisible(tx, caller, params.id);
          return findCandidate(tx, params.id);
        });
        if (!candidate) {
          throw new HeedError("no_address", "This contact has no email address to verify.");
        }
        await verifyCandidates(db, caller.workspaceId, [{ ...candidate, known: null }], {
          resolver,
          now: new Date(),
        });
        return db.inWorkspace(caller.workspaceId, (tx) => present(tx, candidate.email_key));
      },
    }),
  ];
}

async function present(tx: Tx, key: string | null): Promise<z.input<typeof verificationSchema>> {
  const known = key === null ? undefined : await findVerification(tx, key);
  if (!known) return { verdict: "unknown", reasons: [], at: null, expires_at: null };
  const { verdict, reasons } = known;
  return { verdict, reasons, at: rfc3339(known.at), expires_at: rfc3339(known.expires_at) };
}
