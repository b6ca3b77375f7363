import PostalMime from "postal-mime";
import { readBounceCorpus } from "../src/modules/inbound/bounces/testing.ts";
import { understandMail } from "../src/modules/inbound/bounces/understand-mail.ts";
import { readIncoming } from "../src/modules/inbound/mail/read-incoming.ts";
import { line, median, perSecond } from "./support/measure.ts";

/**
 * Bounces read and understood a second of one core's time, as a ratio to only parsing
 * the same mail with postal-mime, in alternating rounds of one run.
 */
const corpus = readBounceCorpus().map((mail) => mail.raw);
const rounds = 3;

async function rate(work: (raw: Buffer) => unknown): Promise<number> {
  const before = process.cpuUsage();
  for (const raw of corpus) await work(raw);
  const { user, system } = process.cpuUsage(before);
  return (corpus.length * 1e6) / (user + system);
}

const ours: number[] = [];
const bare: number[] = [];
for (let round = 0; round < rounds; round++) {
  bare.push(await rate((raw) => PostalMime.parse(raw)));
  ours.push(await rate((raw) => understandMail(readIncoming(raw))));
}

const understood = median(ours);
line("bounces read and understood", perSecond(understood));
line("only parsed by postal-mime", perSecond(median(bare)));
line("ratio", (understood / median(bare)).toFixed(2));
if (understood < 500) {
  process.stderr.write("Fewer than the 500 bounces/s that are promised.\n");
  process.exitCode = 1;
}
