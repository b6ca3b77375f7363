import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import {
  contactId,
  link,
  linkFor,
  press,
  refusals,
  test,
  undoIn,
  useRecipient,
  workspaceId,
} from "../../../../test/builders/recipient.ts";
import { system } from "../../ledger/index.ts";
import { makeStop } from "../make-stop.ts";

useRecipient();

describe("undo", () => {
  it("takes exactly that press back", async () => {
    const undo = undoIn(await (await press({ by: "page" })).text());
    const answer = await press({ undo }, `${link}/undo`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain("Taken back");
    expect(await refusals()).toEqual([]);
    expect((await press({ undo }, `${link}/undo`)).status).toBe(200);
    await press({ by: "page" });
    await press({ undo }, `${link}/undo`);
    expect(await refusals()).toEqual(["unsubscribed"]);
  });

  it("leaves an earlier unsubscribe and every other stop", async () => {
    await press({ "List-Unsubscribe": "One-Click" });
    await test.db.inWorkspace(workspaceId, (tx) =>
      makeStop(tx, {
        kind: "suppression",
        subject: { contactId },
        cause: "complaint",
        actor: system,
      }),
    );
    const undo = undoIn(await (await press({ by: "page" })).text());
    await press({ undo }, `${link}/undo`);
    expect(await refusals()).toEqual(["suppressed", "unsubscribed"]);
  });

  it("is not to be had from the link, a mail program's answer, or another person's press", async () => {
    expect(undoIn(await (await fetch(link)).text())).toBe("");
    expect(
      undoIn(
        await (await press({ "List-Unsubscribe": "One-Click" }, linkFor("c@example.org"))).text(),
      ),
    ).toBe("");
    const theirs = undoIn(await (await press({ by: "page" }, linkFor("d@example.org"))).text());
    await press({ by: "page" });
    for (const undo of [theirs, link.split("/").at(-1) ?? "", "", "x"]) {
      const answer = await press({ undo }, `${link}/undo`);
      expect(answer.status).toBe(410);
      expect(await answer.text()).toContain("Nothing was changed");
    }
    expect(await refusals()).toEqual(["unsubscribed"]);
  });

  it("is recorded as the recipient's lift", async () => {
    const undo = undoIn(await (await press({ by: "page" })).text());
    await press({ undo }, `${link}/undo`);
    const acts = await test.db.inWorkspace(workspaceId, async (tx) => {
      const { rows } = await sql<{ act: string; actor_type: string }>`
        SELECT act, actor_type FROM ledger_entry ORDER BY id DESC LIMIT 2`.execute(tx);
      return rows;
    });
    expect(acts).toEqual([
      { act: "stop.lifted", actor_type: "recipient" },
      { act: "stop.made", actor_type: "recipient" },
    ]);
  });
});
