import type { Tx } from "../../kernel/database/index.ts";
import type { HeedError } from "../../kernel/errors.ts";
import type { Caller } from "../../kernel/http/index.ts";
import { lifterOf, liftStop, makeStop, type StopReceipt } from "../consent/index.ts";
import { editContact } from "../contacts/index.ts";
import { actorOf } from "../ledger/index.ts";
import { findProspect } from "./find-prospects.ts";
import { standingDoNotContact } from "./prospect-queries.ts";

export interface ProspectChange {
  do_not_contact?: boolean | undefined;
  scope: "campaign" | "all";
  because?: string | undefined;
  first_name?: string | undefined;
  last_name?: string | undefined;
  company?: string | undefined;
  job_title?: string | undefined;
}

/**
 * Edit prospect: Do not contact in this campaign or in all of them, or its end,
 * and the names beside it. Whoever sees the contact may stop; taking it back and
 * editing need contacts.edit (`refuse` makes the error that says so). Returns the
 * receipt when a stop was made.
 */
export async function editProspect(
  tx: Tx,
  request: {
    campaignId: string;
    contactId: string;
    change: ProspectChange;
    caller: Caller;
    refuse: (permission: string) => Promise<HeedError>;
  },
): Promise<StopReceipt | null> {
  const { campaignId, contactId, caller } = request;
  await findProspect(tx, { campaignId, contactId, viewer: caller });
  const { do_not_contact: stopped, scope, because, ...names } = request.change;
  const edits = Object.values(names).some((value) => value !== undefined);
  if ((edits || stopped === false) && !caller.permissions.has("contacts.edit")) {
    throw await request.refuse("contacts.edit");
  }
  if (edits) {
    await editContact(tx, {
      contactId,
      changes: names,
      viewer: caller,
      actor: actorOf(caller),
      // Names alone are edited here; addresses are not.
      afterAddressChange: async () => {},
    });
  }
  if (stopped === true) {
    return makeStop(tx, {
      kind: "do_not_contact",
      subject: { contactId },
      campaignId: scope === "campaign" ? campaignId : null,
      cause: caller.apiKeyId ? "api" : "user",
      because: because ?? "",
      actor: actorOf(caller),
    });
  }
  if (stopped === false) {
    for (const stopId of await standingDoNotContact(tx, {
      contactId,
      campaignId,
      all: scope === "all",
    })) {
      await liftStop(tx, {
        stopId,
        actor: actorOf(caller),
        lifter: lifterOf(caller),
        authorization: because ?? "",
      });
    }
  }
  return null;
}
