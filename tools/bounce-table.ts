import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../src/kernel/package-root.ts";
import {
  type Accuracy,
  type LabelledMail,
  measureAccuracy,
  precision,
  readBounceCorpus,
  recall,
  serverOf,
} from "../src/modules/inbound/bounces/testing.ts";

/** Writes the measured part of docs/BOUNCES.md: how well bounces are understood, by mail server. */
const corpus = readBounceCorpus();
const byServer = new Map<string, LabelledMail[]>();
for (const mail of corpus)
  byServer.set(serverOf(mail), [...(byServer.get(serverOf(mail)) ?? []), mail]);

const percent = (part: number, whole: number) =>
  whole === 0 ? "" : `${((100 * part) / whole).toFixed(1)} %`;

function row(name: string, sum: Accuracy): string {
  const called = sum.truePositives + sum.falsePositives;
  const labelled = sum.truePositives + sum.falseNegatives;
  return `| ${name} | ${sum.messages} | ${sum.found} of ${sum.recipients} | ${labelled} | ${percent(sum.truePositives, called)} | ${percent(sum.truePositives, labelled)} |`;
}

const all = measureAccuracy(corpus);
const table = [
  "| mail server | messages | recipients found | hard ones | precision of hard | recall of hard |",
  "| --- | ---: | ---: | ---: | ---: | ---: |",
  ...[...byServer]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, mails]) => row(name, measureAccuracy(mails))),
  row("**all**", all),
].join("\n");

const path = join(packageRoot, "docs/BOUNCES.md");

const document = readFileSync(path, "utf8");
const marked = /(<!-- table -->\n)[\s\S]*?(<!-- end of table -->)/;
writeFileSync(
  path,
  document.replace(marked, (_, start, end) => `${start}\n${table}\n\n${end}`),
);
process.stdout.write(
  `found ${percent(all.found, all.recipients)} (${percent(all.foundWithForwarded, all.recipients)} with forwarded ones), precision ${(100 * precision(all)).toFixed(1)} %, recall ${(100 * recall(all)).toFixed(1)} %\n`,
);
