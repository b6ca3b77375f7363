import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { fold, selectContactsAfter, type Viewer } from "../contacts/index.ts";
import { listProspects, type Prospect } from "./prospect-queries.ts";
import type { FollowUpState } from "./rules.ts";
import { findCampaign } from "./save-campaign.ts";

/** Up to so many matches of a search are looked up by id; more are dense enough to walk over. */
const fewMatches = 2_000;

/** A page of the prospects that the viewer sees; `q` is a part of the name, email, phone or company. */
export async function findProspects(
  tx: Tx,
  request: {
    campaignId: string;
    viewer: Viewer;
    q: string | null;
    state: FollowUpState | null;
    after: string | null;
    limit: number;
  },
): Promise<Prospect[]> {
  const campaign = await findCampaign(tx, request.campaignId);
  const search = {
    ownerId: request.viewer.ownOnly ? request.viewer.userId : null,
    state: request.state,
    after: request.after,
    limit: request.limit,
    contactIds: null as readonly string[] | null,
    patterns: [] as readonly string[],
  };
  const q = request.q?.trim() ?? "";
  if (q !== "") {
    const matches = await selectContactsAfter(
      tx,
      request.viewer,
      { filter: { q } },
      { limit: fewMatches + 1 },
    );
    if (matches.length <= fewMatches) search.contactIds = matches;
    else
      search.patterns = fold(q)
        .split(/\s+/)
        .filter(Boolean)
        .map((word) => `%${word.replace(/[\\%_]/g, "\\$&")}%`);
  }
  return listProspects(tx, campaign, search);
}

/** One prospect of the campaign. @throws HeedError not_found, the same for one that the viewer may not see */
export async function findProspect(
  tx: Tx,
  request: { campaignId: string; contactId: string; viewer: Viewer },
): Promise<Prospect> {
  const campaign = await findCampaign(tx, request.campaignId);
  const [prospect] = await listProspects(tx, campaign, {
    ownerId: request.viewer.ownOnly ? request.viewer.userId : null,
    state: null,
    contactIds: [request.contactId],
    patterns: [],
    after: null,
    limit: 1,
  });
  if (!prospect) throw new HeedError("not_found", "There is no such prospect in this campaign.");
  return prospect;
}
