import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { understandReply } from "./understand-reply.ts";

type Cases = Record<string, readonly string[]> & { until?: Record<string, string> };
const folder = new URL("./cases/", import.meta.url);
const receivedAt = new Date("2026-02-10T09:00:00Z");
const asks = new Set(["unsubscribe", "stop"]);

function outcome(text: string): string {
  const { meaning, certain } = understandReply({ subject: "", text, receivedAt });
  if (!certain) return "doubtful";
  return meaning;
}

for (const file of readdirSync(folder)) {
  const { until = {}, ...cases } = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Cases;
  describe(`replies in ${file.replace(".json", "")}`, () => {
    for (const [meaning, texts] of Object.entries(cases)) {
      it.each(texts as readonly string[])(`${meaning}: %s`, (text) => {
        if (meaning === "asks_to_stop")
          return expect(outcome(text)).toMatch(/^(stop|unsubscribe)$/);
        if (meaning !== "no_stop") return expect(outcome(text)).toBe(meaning);
        const read = understandReply({ subject: "", text, receivedAt });
        expect(asks.has(read.meaning) ? `${read.meaning} (${read.understood_as})` : "no stop").toBe(
          "no stop",
        );
      });
    }
    it.each(Object.entries(until))("until %s: %s", (date, text) => {
      expect(understandReply({ subject: "", text, receivedAt }).until).toBe(date);
    });
  });
}

describe("replies that others wrote", () => {
  const path = new URL("../../../../../shared/corpora/replies/phrases.json", import.meta.url);
  const replies = JSON.parse(readFileSync(path, "utf8")) as {
    subject: string;
    text: string;
    label: string;
  }[];
  it.each(replies)("$label: $text", ({ subject, text, label }) => {
    const read = understandReply({ subject, text, receivedAt });
    const stops = asks.has(read.meaning);
    if (label === "opt_out")
      expect({ stops, certain: read.certain }).toEqual({ stops: true, certain: true });
    else if (label === "ambiguous") expect(read.certain).toBe(false);
    else if (label === "none") expect(stops).toBe(false);
    else expect(read.meaning).toBe(label);
  });
});
