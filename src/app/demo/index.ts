import type { Database, Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import {
  builtInRoles,
  createSignInLink,
  createUser,
  listWorkspaceIds,
} from "../../modules/access/index.ts";
import { createCampaign, createTemplate, startCampaign } from "../../modules/campaigns/index.ts";
import {
  deactivate,
  insertTopic,
  makeStop,
  type StopRequest,
} from "../../modules/consent/index.ts";
import { createContact, listContacts } from "../../modules/contacts/index.ts";
import { operator } from "../../modules/ledger/index.ts";
import { addMembers, createList, excludeFromList } from "../../modules/lists/index.ts";
import { listParts } from "../parts.ts";
import { firstNote, newsletter, reminder } from "./content.ts";
import { makeLinkedItems } from "./linked.ts";
import { demoPerson } from "./people.ts";

const people = 2_000;
const everybody = { ownOnly: false, userId: "" };

/**
 * Fills an empty workspace with a believable one: people of six roles, 2,000
 * contacts, lists, a campaign that goes out at once and ends, a sequence that
 * keeps running, stops of every kind, and what hangs on contacts (linked.ts). Every address is under .example, and
 * mail goes to the sink. A workspace that has contacts already is left alone.
 */
export async function makeDemo(
  db: Database,
  options: { publicUrl: string; say: (line: string) => void },
): Promise<void> {
  const { say } = options;
  const [workspaceId] = await db.asSystem(listWorkspaceIds);
  if (!workspaceId) throw new HeedError("no_workspace", "Start Heed once before making the demo.");
  const within = <T>(act: (tx: Tx) => Promise<T>) => db.inWorkspace(workspaceId, act);
  const present = await within((tx) =>
    listContacts(tx, {
      viewer: everybody,
      filter: {},
      sort: "-created_at",
      limit: 1,
      count: false,
    }),
  );
  if (present.contacts.length > 0) {
    say("This workspace has contacts already; the demo is not added to them.");
    return;
  }
  say("making the demo workspace: 2,000 contacts, lists, campaigns, stops");
  const users = await within(makeUsers);
  const ids: string[] = [];
  for (let from = 0; from < people; from += 250) {
    await within(async (tx) => {
      for (let index = from; index < Math.min(from + 250, people); index++) {
        const owner =
          index % 5 === 0
            ? (users.salesperson ?? null)
            : index % 5 === 1
              ? (users.junior ?? null)
              : null;
        const contact = await createContact(tx, {
          contact: demoPerson(index, owner),
          viewer: everybody,
          actor: operator,
        });
        ids.push(contact.id);
      }
    });
  }
  await within(async (tx) => {
    const topic = newId();
    await insertTopic(tx, { id: topic, name: "Newsletter", description: "News once a season" });
    await insertTopic(tx, {
      id: newId(),
      name: "Product news",
      description: "What changed in the product",
    });
    const lists = await makeLists(tx, ids);
    await makeStops(tx, ids, topic);
    await makeCampaigns(tx, lists, topic, ids);
    await makeLinkedItems(tx, {
      contactIds: ids,
      userIds: [users.salesperson, users.junior].filter((id) => id !== undefined),
      viewer: everybody,
    });
  });
  const link = await within((tx) =>
    createSignInLink(tx, { userId: users.salesperson as string, minutes: 24 * 60, by: null }),
  );
  say(
    `the demo is ready. To see it as a salesperson sees it: ${options.publicUrl}/sign-in?token=${link.token}`,
  );
}

async function makeUsers(tx: Tx): Promise<{ salesperson?: string; junior?: string }> {
  const made: Record<string, string> = {};
  for (const role of builtInRoles) {
    const local = role.name.toLowerCase().replaceAll(" ", ".");
    const user = await createUser(tx, {
      email: `${local}@heed.example`,
      name: `Demo ${role.name}`,
      role: { name: role.name },
      by: null,
    });
    made[role.name] = user.id;
  }
  return { salesperson: made.Salesperson as string, junior: made["Junior Salesperson"] as string };
}

async function makeLists(
  tx: Tx,
  ids: readonly string[],
): Promise<{ customers: string; prospects: string; partners: string }> {
  const customers = await createList(tx, { name: "Customers", actor: operator });
  const prospects = await createList(tx, { name: "Prospects", actor: operator });
  const partners = await createList(tx, { name: "Partners", actor: operator });
  await addMembers(
    tx,
    customers,
    ids.filter((_, index) => index % 4 === 0),
  );
  await addMembers(
    tx,
    prospects,
    ids.filter((_, index) => index % 4 === 1),
  );
  await addMembers(
    tx,
    partners,
    ids.filter((_, index) => index % 40 === 3),
  );
  await excludeFromList(tx, listParts, {
    listId: customers,
    contactIds: ids.filter((_, index) => index % 200 === 8),
    actor: operator,
    userId: null,
  });
  return { customers, prospects, partners };
}

/** Stops of every kind, on contacts that the campaigns would otherwise reach. */
async function makeStops(tx: Tx, ids: readonly string[], topicId: string): Promise<void> {
  const at = (index: number) => ({ contactId: ids[index] as string });
  for (let index = 0; index < people; index += 80) {
    await deactivate(tx, {
      contactId: ids[index] as string,
      because: "asked on the phone not to be contacted",
      actor: operator,
    });
  }
  const stops: Omit<StopRequest, "actor">[] = [
    ...[4, 9, 44, 121, 404, 805, 1201, 1604].map((index) => ({
      kind: "unsubscribe" as const,
      subject: at(index),
      channel: "email" as const,
      cause: "link" as const,
    })),
    ...[12, 213, 612, 1013].map((index) => ({
      kind: "unsubscribe" as const,
      subject: at(index),
      channel: "email" as const,
      topicId,
      cause: "link" as const,
    })),
    ...[16, 17, 416].map((index) => ({
      kind: "do_not_contact" as const,
      subject: at(index),
      cause: "user" as const,
      because: "our partner writes to them",
    })),
    ...[3, 24, 30, 33, 420].map((index) => ({
      kind: "do_not_disturb" as const,
      subject: at(index),
      channel: "sms" as const,
      cause: "user" as const,
      because: "no texts, please",
    })),
    ...[28, 21, 228, 421].map((index) => ({
      kind: "suppression" as const,
      subject: at(index),
      channel: "email" as const,
      cause: "hard_bounce" as const,
      because: "550 5.1.1 no such user",
    })),
    {
      kind: "suppression",
      subject: at(32),
      channel: "email",
      cause: "complaint",
      because: "reported as spam",
    },
    {
      kind: "quarantine",
      subject: at(36),
      channel: "email",
      cause: "soft_bounces",
      because: "7 temporary failures in 45 days",
    },
    {
      kind: "suppression",
      subject: { domain: "oldmill.example" },
      channel: "email",
      cause: "manual",
      because: "the brewery asked for silence",
    },
  ];
  for (const stop of stops) await makeStop(tx, { ...stop, actor: operator });
}

async function makeCampaigns(
  tx: Tx,
  lists: { customers: string; prospects: string; partners: string },
  topicId: string,
  ids: readonly string[],
): Promise<void> {
  const design = await createTemplate(tx, { ...newsletter, actor: operator });
  const first = await createTemplate(tx, { ...firstNote, actor: operator });
  const second = await createTemplate(tx, { ...reminder, actor: operator });
  const sent = await createCampaign(tx, {
    campaign: {
      name: "Autumn newsletter",
      listIds: [lists.customers],
      excludedListIds: [lists.partners],
      steps: [{ template_id: design.id, delay: "PT0S" }],
      topicId,
    },
    ownerId: null,
    actor: operator,
  });
  const running = await createCampaign(tx, {
    campaign: {
      name: "New prospects",
      listIds: [lists.prospects],
      steps: [
        { template_id: first.id, delay: "PT0S" },
        { template_id: second.id, delay: "P3D" },
      ],
    },
    ownerId: null,
    actor: operator,
  });
  await makeStop(tx, {
    kind: "do_not_contact",
    subject: { contactId: ids[5] as string },
    campaignId: running.id,
    cause: "user",
    because: "already in talks",
    actor: operator,
  });
  await startCampaign(tx, { campaignId: sent.id, requestedBy: null, actor: operator });
  await startCampaign(tx, { campaignId: running.id, requestedBy: null, actor: operator });
}
