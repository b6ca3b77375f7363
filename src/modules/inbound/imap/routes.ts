import { z } from "zod";
import { HeedError } from "../../../kernel/errors.ts";
import {
  id,
  idParams,
  type Route,
  rfc3339,
  rfc3339OrNull,
  route,
  streamingRoute,
  time,
} from "../../../kernel/http/index.ts";
import { newId } from "../../../kernel/ids.ts";
import { actorOf, record } from "../../ledger/index.ts";
import { checkMailbox } from "./poll-mailbox.ts";
import {
  deleteMailbox,
  findMailbox,
  insertMailbox,
  listMailboxes,
  type Mailbox,
} from "./queries.ts";

const mailboxSchema = z.object({
  id,
  name: z.string(),
  host: z.string(),
  port: z.number().int(),
  security: z.enum(["none", "starttls", "tls"]),
  username: z.string(),
  folder: z.string(),
  polled_at: time.nullable(),
  problem: z.string().nullable().describe("why the last poll failed"),
  created_at: time,
});

const newMailboxSchema = z.object({
  name: z.string().trim().min(1).max(100),
  host: z.string().trim().min(1).max(255),
  port: z.number().int().min(1).max(65_535).default(993),
  security: z.enum(["none", "starttls", "tls"]).default("tls"),
  username: z.string().min(1).max(255),
  password: z.string().min(1).max(1000).describe("kept sealed, never answered"),
  folder: z.string().min(1).max(255).default("INBOX"),
});

function present(mailbox: Mailbox): z.input<typeof mailboxSchema> {
  return {
    id: mailbox.id,
    name: mailbox.name,
    host: mailbox.host,
    port: mailbox.port,
    security: mailbox.security,
    username: mailbox.username,
    folder: mailbox.folder,
    polled_at: rfc3339OrNull(mailbox.polled_at),
    problem: mailbox.problem,
    created_at: rfc3339(mailbox.created_at),
  };
}

function noMailbox(): HeedError {
  return new HeedError("not_found", "There is no such mailbox.");
}

export const mailboxRoutes: Route[] = [
  route({
    method: "GET",
    path: "/mailboxes",
    permission: "accounts.edit",
    summary: "Mailboxes that are polled for replies and bounces",
    tag: "Inbox",
    response: z.object({ items: z.array(mailboxSchema) }),
    handler: async ({ tx }) => ({ items: (await listMailboxes(tx)).map(present) }),
  }),
  route({
    method: "POST",
    path: "/mailboxes",
    permission: "accounts.edit",
    summary: "Poll a mailbox by IMAP",
    tag: "Inbox",
    body: newMailboxSchema,
    response: mailboxSchema,
    status: 201,
    async handler({ tx, caller, body }) {
      const { password, ...settings } = body;
      const mailbox = { ...settings, id: newId(), password_sealed: tx.secrets.seal(password) };
      if (!(await insertMailbox(tx, mailbox))) {
        throw new HeedError("name_taken", `There is a mailbox called ${body.name} already.`);
      }
      await record(tx, { act: "mailbox.added", actor: actorOf(caller), subjectId: mailbox.id });
      return present((await findMailbox(tx, mailbox.id)) as Mailbox);
    },
  }),
  route({
    method: "DELETE",
    path: "/mailboxes/:id",
    permission: "accounts.edit",
    summary: "Poll a mailbox no longer; what it brought stays",
    tag: "Inbox",
    params: idParams,
    async handler({ tx, caller, params }) {
      if (!(await deleteMailbox(tx, params.id))) throw noMailbox();
      await record(tx, { act: "mailbox.removed", actor: actorOf(caller), subjectId: params.id });
    },
  }),
  streamingRoute({
    method: "POST",
    path: "/mailboxes/:id/check",
    permission: "accounts.edit",
    summary: "Sign in to the mailbox and open its folder, now",
    tag: "Inbox",
    params: idParams,
    response: z.object({ ok: z.literal(true) }),
    async stream({ db, caller, params }) {
      const mailbox = await db.inWorkspace(caller.workspaceId, (tx) => findMailbox(tx, params.id));
      if (!mailbox) throw noMailbox();
      await checkMailbox(db, mailbox);
      return { ok: true };
    },
  }),
];
