import PostalMime from "postal-mime";
import { readBounceCorpus } from "../src/modules/inbound/bounces/testing.ts";
import { understandMail } from "../src/modules/inbound/bounces/understand-mail.ts";
import { readIncoming } from "../src/modules/inbound/mail/read-incoming.ts";

/**
 * Bounces read and understood a second on one core, as a ratio to only parsing
 * the same mail with postal-mime, in alternating rounds of one run.
 */
const corpus = readBounceCorpus().map((mail) => mail.raw);
const rounds = 8;

async function rate(work: (raw: Buffer) => unknown): Promise<number> {
  const start = performance.now();
  for (const raw of corpus) await work(raw);
  return (corpus.length * 1_000) / (performance.now() - start);
}

const ours: number[] = [];
const bare: number[] = [];
for (let round = 0; round < rounds; round++) {
  bare.push(await rate((raw) => PostalMime.parse(raw)));
  ours.push(await rate((raw) => understandMail(readIncoming(raw))));
}

const median = (figures: number[]) =>
  figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0;
const understood = median(ours);
process.stdout.write(
  `understood ${understood.toFixed(0)} bounces/s; postal-mime alone parses ${median(bare).toFixed(0)}/s; ratio ${(understood / median(bare)).toFixed(2)}\n`,
);
if (understood < 500) {
  process.stderr.write("Fewer than the 500 bounces/s that are promised.\n");
  process.exitCode = 1;
}
