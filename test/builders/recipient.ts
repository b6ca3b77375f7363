import { connect } from "node:net";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { newId } from "../../src/kernel/ids.ts";
import {
  createTopic,
  makeUnsubscribeToken,
  publicStopRoutes,
  sendingStatus,
} from "../../src/modules/consent/index.ts";
import { keyOfAddress } from "../../src/modules/contacts/index.ts";
import { system } from "../../src/modules/ledger/index.ts";
import { freshDatabase, type TestDatabase } from "../support/database.ts";
import { buildContactRow } from "./contact-row.ts";
import { listen, type TestServer } from "./test-server.ts";
import { buildWorkspace } from "./workspace.ts";

export let test: TestDatabase;
let server: TestServer;
export let workspaceId: string;
export let topicId: string;
export let contactId: string;
export let messageId: string;
export let link: string;
let topicOfMessage: string | null;
let number = 0;

export function linkFor(email: string): string {
  const { key } = keyOfAddress(test.db.secrets, "email", email);
  return `${server.url}/u/${makeUnsubscribeToken(test.db.secrets, { workspaceId, key, channel: "email", messageId })}`;
}

export function refusals(asked: { topicId?: string } = {}): Promise<string[]> {
  return test.db.inWorkspace(workspaceId, async (tx) =>
    (await sendingStatus(tx, { contactId, channel: "email", ...asked })).refusals.map(
      (each) => each.code,
    ),
  );
}

export async function stops(): Promise<
  {
    cause: string;
    topic_id: string | null;
    evidence: unknown;
    actor_type: string;
    standing: boolean;
  }[]
> {
  const key = await test.db.inWorkspace(workspaceId, async (tx) => {
    const { rows } = await sql<{
      cause: string;
      topic_id: string | null;
      evidence: unknown;
      actor_type: string;
      standing: boolean;
    }>`
      SELECT s.cause, s.topic_id, d.evidence, s.actor_type,
             EXISTS (SELECT 1 FROM standing_stop x WHERE x.stop_id = s.id) AS standing
      FROM stop s JOIN stop_detail d ON d.stop_id = s.id
      WHERE d.evidence->>'message_id' = ${messageId} ORDER BY s.made_at`.execute(tx);
    return rows;
  });
  return key;
}

export function press(
  fields: Record<string, string>,
  to = link,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(to, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers,
    redirect: "manual",
  });
}

export function undoIn(page: string): string {
  return /name="undo" value="([^"]+)"/.exec(page)?.[1] ?? "";
}

/** The topic that every message was sent for, or null; back to null before each test. */
export function messagesAreAbout(topic: string | null): void {
  topicOfMessage = topic;
}

/** The person changes: the old contact is gone, another has the same address in another spelling. */
export async function comeBack(): Promise<void> {
  contactId = await test.db.inWorkspace(workspaceId, (tx) =>
    buildContactRow(tx, { email: `A${number}-ann.lee+${number - 1}@EXAMPLE.org` }),
  );
}

/** Another message, to the same contact. */
export function nextMessage(): void {
  messageId = newId();
}

/** A request as a careless client writes it. Reads until the server has answered. */
export function raw(
  method: string,
  path: string,
  type: string | undefined,
  body: string,
): Promise<string> {
  const { port, hostname } = new URL(link);
  return new Promise((done, failed) => {
    let answer = "";
    const socket = connect(Number(port), hostname);
    socket.on("error", (error) => (answer ? done(answer) : failed(error)));
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.on("close", () => done(answer));
    socket.write(
      `${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${type === undefined ? "" : `Content-Type: ${type}\r\n`}\r\n`,
    );
    socket.write(body);
  });
}

/** Registers the hooks of a test file that presses unsubscribe links over HTTP; each test has a contact and a link of its own. */
export function useRecipient(): void {
  beforeAll(async () => {
    test = await freshDatabase();
    workspaceId = await buildWorkspace(test.db, "Engines & <Sons>");
    topicId = (
      await test.db.inWorkspace(workspaceId, (tx) =>
        createTopic(tx, { name: "News", description: "", actor: system }),
      )
    ).id;
    server = await listen(
      test.db,
      publicStopRoutes({ topicOfMessage: async () => topicOfMessage }),
    );
  });
  afterAll(async () => {
    await server.close();
    await test.close();
  });

  beforeEach(async () => {
    topicOfMessage = null;
    messageId = newId();
    const email = `Ann.Lee+${number++}@example.org`;
    contactId = await test.db.inWorkspace(workspaceId, (tx) =>
      buildContactRow(tx, { email: `a${number}-${email}` }),
    );
    link = linkFor(`a${number}-${email}`);
  });
}
