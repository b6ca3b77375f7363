import type { Database } from "../../kernel/database/index.ts";
import { messageOf } from "../../kernel/errors.ts";
import { happened } from "../../kernel/reactions.ts";
import type { SendingAccount } from "./account.ts";
import { openAccount } from "./account-queries.ts";
import type { Composer } from "./composer.ts";
import { messagesUnknown } from "./happenings.ts";
import { Lane } from "./lane.ts";
import {
  accountsWithDueMessages,
  liveWorkers,
  markOrphansUnknown,
  workspacesWithClaims,
} from "./queries.ts";
import type { Transport } from "./transport.ts";

export interface SenderOptions {
  db: Database;
  /** This process in worker_process: what it claims is taken back when it is gone. */
  workerId: string;
  composer: Composer;
  openTransport(account: SendingAccount): Transport;
  publicUrl: string;
  /** How often to look for due messages while idle, ms. */
  pollMs?: number;
}

export interface Sender {
  /** Claims nothing more, lets what is claimed finish, records it, hangs up. */
  stop(): Promise<void>;
}

interface OpenTransport {
  transport: Transport;
  settings: string;
}

/** Sends whatever is due, an account a lane, until stopped. Several processes may share one database. */
export function startSender(options: SenderOptions): Sender {
  const { db } = options;
  const lanes = new Map<string, Lane>();
  /** Lanes and transports that are not done yet, also those that another has followed. */
  const unfinished = new Map<Promise<void>, Lane | null>();
  const transports = new Map<string, OpenTransport>();
  let stopping = false;
  let lastSweep = 0;

  function finish(work: Promise<void>, lane: Lane | null): void {
    const done: Promise<void> = work
      .catch((error) =>
        db.log.error({ err: messageOf(error) }, "sending stopped for a moment; it is tried again"),
      )
      .finally(() => unfinished.delete(done));
    unfinished.set(done, lane);
  }

  /** The account's transport; one with other settings is closed once what it carries is done. */
  function transportFor(account: SendingAccount): Transport {
    const settings = JSON.stringify(account);
    const open = transports.get(account.id);
    if (open?.settings === settings) return open.transport;
    if (open) {
      const before = [...unfinished].filter(([, lane]) => lane?.accountId === account.id);
      const users = Promise.all(before.map(([done]) => done));
      finish(
        users.then(() => open.transport.close()),
        null,
      );
    }
    const transport = options.openTransport(account);
    transports.set(account.id, { transport, settings });
    return transport;
  }

  async function startLane(workspaceId: string, accountId: string): Promise<void> {
    const account = await db.inWorkspace(workspaceId, (tx) => openAccount(tx, accountId));
    if (!account) return;
    const settings = JSON.stringify(account);
    const lane = new Lane({
      db,
      account,
      transport: transportFor(account),
      composer: options.composer,
      workerId: options.workerId,
      publicUrl: options.publicUrl,
      upToDate: async () =>
        settings ===
        JSON.stringify(await db.inWorkspace(workspaceId, (tx) => openAccount(tx, accountId))),
    });
    const makeRoom = () => {
      if (lanes.get(accountId) === lane) lanes.delete(accountId);
    };
    lanes.set(accountId, lane);
    finish(lane.run(makeRoom).finally(makeRoom), lane);
  }

  async function look(): Promise<void> {
    if (Date.now() - lastSweep > 10_000) {
      lastSweep = Date.now();
      await sweepOrphans(db);
    }
    for (const due of await db.asSystem(accountsWithDueMessages)) {
      if (!stopping && !lanes.has(due.account_id))
        await startLane(due.workspace_id, due.account_id);
    }
  }

  const loop = (async () => {
    while (!stopping) {
      await look().catch((error) =>
        db.log.error({ err: messageOf(error) }, "could not look for due messages; trying again"),
      );
      await new Promise((wake) => setTimeout(wake, options.pollMs ?? 100));
    }
  })();

  return {
    async stop() {
      stopping = true;
      await loop;
      for (const lane of unfinished.values()) lane?.stop();
      await Promise.all(unfinished.keys());
      await Promise.all([...transports.values()].map((each) => each.transport.close()));
    },
  };
}

/** Messages whose worker died between claim and record are unknown: shown, and never sent again by themselves. */
export async function sweepOrphans(db: Database): Promise<number> {
  const workers = await db.asSystem(liveWorkers);
  let found = 0;
  for (const workspaceId of await db.asSystem(workspacesWithClaims)) {
    found += await db.inWorkspace(workspaceId, async (tx) => {
      const orphans = await markOrphansUnknown(tx, workers);
      if (orphans.length > 0) await happened(tx, messagesUnknown, orphans);
      return orphans.length;
    });
  }
  return found;
}
