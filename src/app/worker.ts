import { newId } from "../kernel/ids.ts";
import { runJobs } from "../kernel/jobs/index.ts";
import { composer, startSequencer } from "../modules/campaigns/index.ts";
import { missingStops } from "../modules/consent/index.ts";
import { startSearchSettler } from "../modules/contacts/index.ts";
import { startUploadCleaner } from "../modules/imports/index.ts";
import {
  listenForMail,
  startEventSweep,
  startInboxWorker,
  startPolling,
} from "../modules/inbound/index.ts";
import { startSealer } from "../modules/ledger/index.ts";
import { startBinKeeper } from "../modules/removal/index.ts";
import { startSender, withManualLetters } from "../modules/sending/index.ts";
import { startKeeper } from "./housekeeping.ts";
import { allJobs } from "./jobs.ts";
import type { Heed } from "./open.ts";
import { openTransport } from "./providers.ts";

/** The worker role: jobs, incoming mail, the sequencer, the sender, the ledger's sealer, the search index and keeping tidy. */
export async function startWorker(
  heed: Heed,
): Promise<{ sendingOff: string | null; smtpPort: number | null; stop(): Promise<void> }> {
  const { db, config, log } = heed;
  const processId = newId();
  const jobs = await runJobs({ db, processId, kinds: allJobs(heed) });
  const sealer = startSealer(db);
  const settler = startSearchSettler(db);
  const cleaner = startUploadCleaner(db, config.dataDir);
  const inbox = startInboxWorker(db, heed.reader);
  const listener =
    config.smtpPort === null
      ? null
      : await listenForMail({
          db,
          port: config.smtpPort,
          tls: config.smtpTls,
          onStored: inbox.wake,
        });
  const polling = startPolling(db, inbox.wake);
  const stopListening = async () => {
    await polling.stop();
    await listener?.close();
    await inbox.stop();
  };
  const binKeeper = startBinKeeper(db);
  const keeper = startKeeper(db);
  // S8: a database restored from a backup must not send before it knows every later stop again.
  const missing = await missingStops(db);
  if (missing > 0) {
    const sendingOff = `${missing} journalled stops are not in the database, as after restoring a backup. Sending is off. Run: bin/heed journal replay`;
    log.error(
      { missing },
      "stops in the journal are not in the database; sending is off until they are replayed",
    );
    return {
      sendingOff,
      smtpPort: listener?.port ?? null,
      async stop() {
        await stopListening();
        await binKeeper.stop();
        await keeper.stop();
        await sealer.stop();
        await settler.stop();
        await cleaner.stop();
        await jobs.stop();
      },
    };
  }
  const sweep = startEventSweep(db);
  const sequencer = startSequencer(db);
  const sender = startSender({
    db,
    workerId: processId,
    composer: withManualLetters(composer),
    openTransport: openTransport(db, () => config.publicUrl),
    publicUrl: config.publicUrl,
  });
  return {
    sendingOff: null,
    smtpPort: listener?.port ?? null,
    async stop() {
      await stopListening();
      await sweep.stop();
      await sequencer.stop();
      await sender.stop();
      await binKeeper.stop();
      await keeper.stop();
      await jobs.stop();
      await settler.stop();
      await cleaner.stop();
      await sealer.stop();
    },
  };
}
