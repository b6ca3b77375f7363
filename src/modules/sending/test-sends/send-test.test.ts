import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildContactRow } from "../../../../test/builders/contact-row.ts";
import { newId } from "../../../kernel/ids.ts";
import { withFencesUnmoved } from "../fence-queries.ts";
import { claimMessages, defaultAccount, sendTest } from "../index.ts";
import { type SendingServer, sendingServer } from "../testing.ts";

let heed: SendingServer;
let accountId: string;
beforeAll(async () => {
  heed = await sendingServer();
  const account = await heed.db.inWorkspace(heed.workspaceId, (tx) => defaultAccount(tx, "email"));
  accountId = account?.id ?? "";
});
afterAll(() => heed.close());

const campaignId = newId();
const send = (to: string) =>
  heed.db.inWorkspace(heed.workspaceId, (tx) =>
    sendTest(tx, { campaignId, step: 0, to, previewContactId: null, channel: "email", accountId }),
  );
const stop = (address: string) =>
  heed.call("POST", "/stops", {
    body: { kind: "suppression", address: { channel: "email", value: address } },
  });
const claim = () =>
  heed.db.inWorkspace(heed.workspaceId, (tx) =>
    claimMessages(tx, { accountId, workerId: newId(), limit: 10 }),
  );

describe("a test send", () => {
  it("queues one message to an address that no contact need have", async () => {
    const sent = await send("Tester@example.com");
    expect(sent.address).toBe("tester@example.com");
    const { body } = await heed.call("GET", `/messages/${sent.messageId}`);
    expect(body).toMatchObject({
      contact_id: null,
      campaign_id: campaignId,
      state: "queued",
      address: "tester@example.com",
    });
    expect((await claim()).map((message) => message.id)).toEqual([sent.messageId]);
  });

  it("is refused at once with the reasons when the address is stopped, by itself, its domain or its contact", async () => {
    await stop("stopped@example.com");
    await heed.call("POST", "/stops", { body: { kind: "suppression", domain: "example.net" } });
    const contactId = await heed.db.inWorkspace(heed.workspaceId, (tx) =>
      buildContactRow(tx, { email: "ada@example.org" }),
    );
    await heed.call("POST", "/stops", { body: { kind: "deactivation", contact_id: contactId } });
    const refusedFor = (to: string) =>
      send(to).catch((error) => [error.code, error.details.refusals]);
    expect(await refusedFor("Stopped@example.com")).toEqual(["address_stopped", ["suppressed"]]);
    expect(await refusedFor("any@mail.example.net")).toEqual(["address_stopped", ["suppressed"]]);
    expect(await refusedFor("ada@example.org")).toEqual(["address_stopped", ["deactivated"]]);
    await expect(send("no address")).rejects.toMatchObject({ code: "address_invalid" });
    expect(await claim()).toEqual([]);
  });

  it("is gated again at its claim, and names the stop that came between", async () => {
    const { messageId } = await send("late@example.com");
    const made = (await stop("late@example.com")).body.stop;
    expect(await claim()).toEqual([]);
    const { body } = await heed.call("GET", `/messages/${messageId}`);
    expect(body).toMatchObject({
      state: "cancelled",
      refusals: ["suppressed"],
      cancelled_by: [{ stop_id: made.id }],
    });
  });

  it("waits for, and is named by, a stop on the contact that holds its address", async () => {
    const contactId = await heed.db.inWorkspace(heed.workspaceId, (tx) =>
      buildContactRow(tx, { email: "holder@example.org" }),
    );
    const { messageId } = await send("holder@example.org");
    // The claim is open when the stop begins: it has to wait for it.
    let stopped: ReturnType<typeof heed.call> | undefined;
    let committed = false;
    await heed.db.inWorkspace(heed.workspaceId, async (tx) => {
      const claimed = await claimMessages(tx, { accountId, workerId: newId(), limit: 10 });
      expect(claimed.map((message) => message.id)).toEqual([messageId]);
      stopped = heed.call("POST", "/stops", {
        body: { kind: "deactivation", contact_id: contactId },
      });
      // Until it waits for this claim's lock, or has committed past it.
      for (let waits = false; !waits && !committed; ) {
        const { rows } = await heed.db.pool.query(
          `SELECT EXISTS (SELECT FROM standing_stop WHERE subject = $1) AS committed,
             EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock') AS waits`,
          [contactId],
        );
        ({ committed, waits } = rows[0]);
      }
    });
    expect(committed).toBe(false);
    expect((await stopped)?.body.under_way).toEqual([{ message_id: messageId, state: "claimed" }]);
  });

  it("is held back before its final dot when the contact that holds its address is stopped", async () => {
    const contactId = await heed.db.inWorkspace(heed.workspaceId, (tx) =>
      buildContactRow(tx, { email: "dot@example.org" }),
    );
    await send("dot@example.org");
    const claimed = await claim();
    const pinned = await heed.db.pinnedTo(heed.workspaceId);
    const unmoved = () => withFencesUnmoved(pinned, heed.workspaceId, claimed);
    expect((await unmoved()).size).toBe(1);
    await heed.call("POST", "/stops", { body: { kind: "deactivation", contact_id: contactId } });
    expect((await unmoved()).size).toBe(0);
    await pinned.close();
  });

  it("is hidden from those who see only their own contacts", async () => {
    const { messageId } = await send("tester@example.com");
    const seller = await heed.addPerson("Salesperson");
    expect((await heed.call("GET", `/messages/${messageId}`, { as: seller })).status).toBe(404);
  });
});
