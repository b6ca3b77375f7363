import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../../kernel/package-root.ts";
import { readIncoming } from "../mail/read-incoming.ts";
import { understandMail } from "./understand-mail.ts";
import type { Understanding } from "./understanding.ts";

/** What a person wrote down about one message of the corpus. */
export interface LabelledMail {
  file: string;
  raw: Buffer;
  /** "hard", "soft", "mixed", "complaint", "delivered" or "autoreply". */
  class: string;
  rows: { recipient: string | null; reason: string; hard: boolean }[];
}

/** Figures of a set of messages. */
export interface Accuracy {
  messages: number;
  recipients: number;
  /** Recipients whose address is exactly the label's. */
  found: number;
  /** Found, or named as the address that ours was forwarded to. */
  foundWithForwarded: number;
  /** Called hard and labelled hard; called hard and not labelled so; labelled hard and not called so. */
  truePositives: number;
  falsePositives: number;
  falseNegatives: number;
}

const folder = join(packageRoot, "../shared/corpora/bounces");

/** The labelled corpus beside the repository; an error that says so when it is absent. */
export function readBounceCorpus(): LabelledMail[] {
  if (!existsSync(join(folder, "labels.json"))) {
    throw new Error(`The bounce corpus is absent: put it at ${folder} (see docs/BOUNCES.md).`);
  }
  const labels = JSON.parse(readFileSync(join(folder, "labels.json"), "utf8")) as {
    file: string;
    expected: Pick<LabelledMail, "class" | "rows"> | null;
  }[];
  return labels.flatMap(({ file, expected }) =>
    expected ? [{ file, raw: readFileSync(join(folder, "mail", file)), ...expected }] : [],
  );
}

/** The mail server that a corpus file is of, from its name. */
export const serverOf = (mail: LabelledMail) => mail.file.replace(/-\d+\.eml$/, "");

/** Whether a recipient of an understood message would be stopped. */
export const stops = (understood: Understanding) =>
  understood.kind === "bounce" ? understood.recipients.filter((each) => each.class === "hard") : [];

export function measureAccuracy(corpus: readonly LabelledMail[]): Accuracy {
  const sum: Accuracy = {
    messages: corpus.length,
    recipients: 0,
    found: 0,
    foundWithForwarded: 0,
    truePositives: 0,
    falsePositives: 0,
    falseNegatives: 0,
  };
  for (const mail of corpus) addMessage(sum, mail, understandMail(readIncoming(mail.raw)));
  return sum;
}

const same = (one: string | null, other: string | null) =>
  one !== null && one.toLowerCase() === other?.toLowerCase();

function addMessage(sum: Accuracy, mail: LabelledMail, understood: Understanding): void {
  const hard = stops(understood);
  const explained = new Set<unknown>();
  for (const { recipient, hard: labelledHard } of mail.rows) {
    // Some labels have no recipient: nobody could find one.
    if (recipient === null) continue;
    sum.recipients++;
    const exact = understood.recipients.find((each) => same(each.address, recipient));
    const match = exact ?? understood.recipients.find((each) => same(each.final, recipient));
    if (exact) sum.found++;
    if (match) sum.foundWithForwarded++;
    const calledHard = match !== undefined && hard.includes(match);
    explained.add(match);
    if (calledHard && labelledHard) sum.truePositives++;
    if (calledHard && !labelledHard) sum.falsePositives++;
    if (!calledHard && labelledHard) sum.falseNegatives++;
  }
  // A stop for somebody whom the label does not know is wrong, unless the label knows nobody.
  if (mail.rows.some((row) => row.recipient !== null))
    sum.falsePositives += hard.filter((each) => !explained.has(each)).length;
}

export const share = (part: number, whole: number) => (whole === 0 ? 1 : part / whole);
export const precision = (sum: Accuracy) =>
  share(sum.truePositives, sum.truePositives + sum.falsePositives);
export const recall = (sum: Accuracy) =>
  share(sum.truePositives, sum.truePositives + sum.falseNegatives);
