import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Tx } from "../../../kernel/database/index.ts";
import { liftStop, makeStop } from "../../consent/index.ts";
import { keyOfAddress } from "../../contacts/index.ts";
import { record } from "../../ledger/index.ts";
import { type Person, type SendingServer, sendingServer } from "../testing.ts";
import { actsOn } from "./testing.ts";

let heed: SendingServer;
let acts: ReturnType<typeof actsOn>;
beforeAll(async () => {
  heed = await sendingServer();
  acts = actsOn(heed);
});
afterAll(() => heed.close());

const inTx = <T>(act: (tx: Tx) => Promise<T>) => acts.inTx(act);

describe("the timeline", () => {
  it("holds acts, stops, lifts and messages, newest first, each once over all pages", async () => {
    const contact = await acts.addContact();
    await inTx((tx) =>
      record(tx, {
        act: "contact.edited",
        actor: acts.user(),
        contactId: contact.id,
        detail: { fields: ["company"] },
      }),
    );
    await acts.queue(contact);
    await acts.send();
    const { key } = await inTx(async (tx) => keyOfAddress(tx.secrets, "email", contact.email));
    const { stop } = await inTx((tx) =>
      makeStop(tx, {
        kind: "suppression",
        subject: { key, channel: "email" },
        channel: "email",
        cause: "manual",
        actor: acts.user(),
      }),
    );
    await inTx((tx) =>
      liftStop(tx, {
        stopId: stop.id,
        actor: acts.user(),
        lifter: { as: "user", permissions: new Set(["stops.lift"]) },
        authorization: "Ada",
      }),
    );
    const cancelled = await acts.queue(contact, { due_at: new Date(Date.now() + 60_000) });
    await inTx((tx) =>
      makeStop(tx, {
        kind: "deactivation",
        subject: { contactId: contact.id },
        cause: "user",
        actor: acts.user(),
      }),
    );

    const items: {
      id: string;
      at: string;
      code: string;
      detail: Record<string, unknown>;
      ledger_entry_id: string | null;
    }[] = [];
    let cursor = "";
    do {
      const { status, body } = await heed.call(
        "GET",
        `/contacts/${contact.id}/timeline?limit=2${cursor}`,
      );
      expect(status).toBe(200);
      items.push(...body.items);
      cursor = body.next_cursor ? `&cursor=${body.next_cursor}` : "";
    } while (cursor !== "");
    expect(items.map((item) => item.code).sort()).toEqual([
      "contact.created",
      "contact.edited",
      "message.accepted",
      "message.cancelled",
      "message.queued",
      "message.queued",
      "stop.lifted",
      "stop.made",
      "stop.made",
    ]);
    expect(new Set(items.map((item) => item.id)).size).toBe(items.length);
    expect(items.map((item) => item.at)).toEqual(
      items
        .map((item) => item.at)
        .sort()
        .reverse(),
    );
    const ended = items.find((item) => item.code === "message.cancelled");
    expect(ended?.detail).toMatchObject({ message_id: cancelled, refusals: ["deactivated"] });
    expect(
      items
        .filter((item) => item.code.startsWith("stop."))
        .every((item) => item.ledger_entry_id !== null),
    ).toBe(true);
    const bad = await heed.call(
      "GET",
      `/contacts/${contact.id}/timeline?cursor=${Buffer.from('["x","y"]').toString("base64url")}`,
    );
    expect(bad.body.error.code).toBe("bad_cursor");
  });
});

describe("those who see only their own contacts", () => {
  let seller: Person;
  beforeAll(async () => {
    seller = await heed.addPerson("Salesperson");
  });

  it("see the history of those alone", async () => {
    const [mine, theirs] = [
      await acts.addContact(seller.userId),
      await acts.addContact(heed.userId),
    ];
    const [toMine, toTheirs] = [await acts.queue(mine), await acts.queue(theirs)];
    const paths = (contact: string, message: string) => [
      `/contacts/${contact}/timeline`,
      `/contacts/${contact}/why`,
      `/contacts/${contact}/messages`,
      `/messages/${message}`,
      `/contacts/${contact}/why?message_id=${message}`,
    ];
    for (const path of paths(mine.id, toMine))
      expect((await heed.call("GET", path, { as: seller })).status).toBe(200);
    for (const path of paths(theirs.id, toTheirs))
      expect((await heed.call("GET", path, { as: seller })).status).toBe(404);
    expect(
      (await heed.call("GET", `/contacts/${mine.id}/why?message_id=${toTheirs}`, { as: seller }))
        .status,
    ).toBe(404);
    const { body } = await heed.call("GET", `/contacts/${mine.id}/messages`, { as: seller });
    expect(body.items.map((item: { id: string }) => item.id)).toEqual([toMine]);
  });
});
