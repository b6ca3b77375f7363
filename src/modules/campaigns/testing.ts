import { sql } from "kysely";
import { freshDatabase, type TestDatabase } from "../../../test/support/database.ts";
import type { Tx } from "../../kernel/database/index.ts";
import { buildServer, type Caller } from "../../kernel/http/index.ts";
import { newId } from "../../kernel/ids.ts";
import { findJob } from "../../kernel/jobs/index.ts";
import { happened, when } from "../../kernel/reactions.ts";
import { allPermissions, createUser, createWorkspace, refusal } from "../access/index.ts";
import { makeStop, type StopKind, stopsMade } from "../consent/index.ts";
import { createContact } from "../contacts/index.ts";
import { system } from "../ledger/index.ts";
import { addToList, createList } from "../lists/index.ts";
import {
  claimMessages,
  type MessageRef,
  messagesAccepted,
  messagesCancelled,
  stopMessages,
} from "../sending/index.ts";
import {
  campaignJobs,
  campaignRoutes,
  createCampaign,
  createTemplate,
  onMessagesAccepted,
  onMessagesCancelled,
  onStopsMade,
  runSequences,
  startCampaign,
} from "./index.ts";

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
export type Answer = { status: number; body: any };

/** A workspace with a sink account, a manager and a salesperson, the real reactions, and HTTP. */
export interface CampaignWorld extends TestDatabase {
  workspaceId: string;
  accountId: string;
  manager: Caller;
  sales: Caller;
  act<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Contacts of these addresses (local parts), by local part. */
  contacts(names: readonly string[], ownerId?: string): Promise<Record<string, string>>;
  list(contactIds: readonly string[]): Promise<string>;
  template(body?: string): Promise<string>;
  /** A draft with one step for each delay. */
  draft(listIds: readonly string[], delays?: readonly string[]): Promise<string>;
  /** Starts and enrols, as the job does. */
  start(campaignId: string): Promise<string>;
  /** One look of the sequencer. */
  sequence(): Promise<void>;
  /** Claims what is due through the real gate, and lets the provider accept it. Returns the contacts written to. */
  deliver(): Promise<string[]>;
  /** Makes every waiting step due now, as if its delay had passed. */
  passTime(): Promise<void>;
  stop(contactId: string, kind?: StopKind): Promise<void>;
  rows<T>(query: ReturnType<typeof sql<T>>): Promise<T[]>;
  call(as: Caller, method: "GET" | "POST" | "PATCH", path: string, body?: unknown): Promise<Answer>;
}

export async function campaignWorld(): Promise<CampaignWorld> {
  const database = await freshDatabase({
    reactions: [
      when(stopsMade, stopMessages),
      when(stopsMade, onStopsMade),
      when(messagesAccepted, onMessagesAccepted),
      when(messagesCancelled, onMessagesCancelled),
    ],
  });
  const { db } = database;
  const { workspaceId } = await createWorkspace(db, {
    name: "Analytical Engines",
    timeZone: "UTC",
  });
  const act: CampaignWorld["act"] = (work) => db.inWorkspace(workspaceId, work);
  const accountId = newId();
  await act((tx) =>
    sql`
      INSERT INTO sending_account (workspace_id, id, name, provider, from_name, from_address, is_default)
      VALUES (${workspaceId}, ${accountId}, 'Sink', 'sink', 'Ada', 'ada@heed.example', true)`.execute(
      tx,
    ),
  );
  const caller = async (
    name: string,
    role: string,
    permissions: readonly string[],
    ownOnly: boolean,
  ): Promise<Caller> => {
    const user = await act((tx) =>
      createUser(tx, { email: `${name}@heed.example`, name, role: { name: role }, by: null }),
    );
    return {
      workspaceId,
      userId: user.id,
      apiKeyId: null,
      name,
      roleName: role,
      permissions: new Set(permissions),
      ownOnly,
    };
  };
  const manager = await caller("manager", "Administrator", allPermissions, false);
  const sales = await caller(
    "sales",
    "Salesperson",
    ["contacts.view", "contacts.edit", "campaigns.view"],
    true,
  );
  const callers = new Map([manager, sales].map((each) => [each.name, each]));
  const server = await buildServer({
    db,
    log: db.log,
    routes: campaignRoutes,
    authenticate: async (request) => callers.get(String(request.headers["x-as"])) ?? null,
    refusal: refusal(db),
    secure: false,
  });
  let number = 0;
  const world: CampaignWorld = {
    ...database,
    workspaceId,
    accountId,
    manager,
    sales,
    act,
    contacts: (names, ownerId) =>
      act(async (tx) => {
        const ids: Record<string, string> = {};
        for (const name of names) {
          const contact = await createContact(tx, {
            contact: {
              first_name: name,
              addresses: [{ channel: "email", value: `${name}@example.org` }],
              ...(ownerId ? { owner_id: ownerId } : {}),
            },
            viewer: manager,
            actor: system,
          });
          ids[name] = contact.id;
        }
        return ids;
      }),
    list: (contactIds) =>
      act(async (tx) => {
        const listId = await createList(tx, { name: `List ${++number}`, actor: system });
        await addToList(tx, { listId, contactIds, actor: system });
        return listId;
      }),
    template: async (body = "Hi {{ contact.first_name }} {{ unsubscribe_url }}") =>
      (
        await act((tx) =>
          createTemplate(tx, {
            name: `Template ${++number}`,
            subject: "Hello {{ contact.first_name }}",
            format: "text",
            body,
            actor: system,
          }),
        )
      ).id,
    async draft(listIds, delays = ["PT0S"]) {
      const template_id = await world.template();
      const campaign = await act((tx) =>
        createCampaign(tx, {
          campaign: {
            name: `Campaign ${++number}`,
            listIds,
            steps: delays.map((delay) => ({ template_id, delay })),
          },
          ownerId: manager.userId,
          actor: system,
        }),
      );
      return campaign.id;
    },
    async start(campaignId) {
      const jobId = await act((tx) =>
        startCampaign(tx, { campaignId, requestedBy: null, actor: system }),
      );
      await campaignJobs["campaign.enrol"]?.run({
        db,
        workspaceId,
        job: await act((tx) => findJob(tx, jobId)),
      });
      return jobId;
    },
    async sequence() {
      while (await runSequences(db));
    },
    deliver: () =>
      act(async (tx) => {
        const claimed = await claimMessages(tx, { accountId, workerId: newId(), limit: 1_000 });
        const { rows } = await sql<MessageRef>`
          UPDATE message SET state = 'accepted', finished_at = now() WHERE id = ANY(${claimed.map((m) => m.id)}::uuid[])
          RETURNING id, campaign_id, follow_up_id, round, step, contact_id, channel, key`.execute(
          tx,
        );
        await happened(tx, messagesAccepted, rows);
        return rows.flatMap((row) => row.contact_id ?? []);
      }),
    passTime: () =>
      act(async (tx) => {
        await sql`UPDATE follow_up SET due_at = now() WHERE due_at IS NOT NULL`.execute(tx);
      }),
    async stop(contactId, kind = "deactivation") {
      await act((tx) =>
        makeStop(tx, {
          kind,
          subject: { contactId },
          cause: "user",
          because: "asked by phone",
          actor: system,
        }),
      );
    },
    rows: (query) => act(async (tx) => (await query.execute(tx)).rows),
    async call(as, method, path, body) {
      const answer = await server.inject({
        method,
        url: `/api/v1${path}`,
        headers: { "x-as": as.name },
        ...(body === undefined ? {} : { payload: body as object }),
      });
      const isJson = String(answer.headers["content-type"]).includes("json");
      return { status: answer.statusCode, body: isJson ? answer.json() : answer.body };
    },
    async close() {
      await server.close();
      await database.close();
    },
  };
  return world;
}
