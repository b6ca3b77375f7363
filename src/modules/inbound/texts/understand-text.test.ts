import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { replyLanguages } from "../replies/meaning.ts";
import { helpAnswer, stopConfirmation } from "./answers.ts";
import { understandText } from "./understand-text.ts";

const read = (body: string) => understandText({ body, channel: "sms" });
const path = new URL("../../../../../shared/corpora/sms/sms_keywords.json", import.meta.url);
const lists = JSON.parse(readFileSync(path, "utf8")) as Record<string, readonly string[]>;

describe("carriers' words", () => {
  const stops = Object.entries(lists)
    .filter(([name]) => !/optin|help/.test(name))
    .flatMap(([, words]) => words);
  it.each([...new Set(stops)])("%s stops, however it is typed", (word) => {
    for (const typed of [
      word,
      word.toLowerCase(),
      `  ${word}!! `,
      `"${word}"`,
      `${word}. 🛑`,
      `«${word}»\n`,
    ]) {
      expect(read(typed)).toMatchObject({
        certain: true,
        meaning: /all/i.test(word) ? "stop_all" : "stop",
      });
    }
  });
  it.each(lists.twilio_optin ?? [])("%s starts again", (word) => {
    expect(read(`${word} `)).toMatchObject({ meaning: "start", certain: true });
  });
  it.each(lists.help ?? [])("%s asks for help", (word) => {
    expect(read(word)).toMatchObject({ meaning: "help", certain: true });
  });
  it.each(["S.T.O.P", "s t o p", "Stop please", "STOP STOP STOP", "🛑 stop 🛑", "Arrêt svp"])(
    "%s stops",
    (body) => {
      expect(read(body)).toMatchObject({ meaning: "stop", certain: true });
    },
  );
});

describe("free wording", () => {
  it.each([
    "please stop texting me",
    "wrong number, remove me",
    "Take me off your list",
    "dont text me again",
    "lose my number",
    "who is this? stop messaging me",
    "Arrêtez de m'envoyer des textos",
    "ne m'écrivez plus",
    "dejen de mandarme mensajes",
    "no me escriban mas",
    "borren mi numero",
    "hören Sie auf mir zu schreiben",
    "keine sms mehr bitte",
    "stuur me geen berichten meer",
    "stop met sms'en",
    "non scrivetemi più",
    "smettetela di mandarmi messaggi",
    "parem de me mandar mensagens",
    "não me envie mais mensagens",
  ])("%s asks to stop", (body) => {
    expect(read(body)).toMatchObject({ meaning: "free_stop", certain: true });
  });
  it.each(["Wrong number", "If you text again I might unsubscribe", "never stop spamming me lol"])(
    "%s waits for a person",
    (body) => {
      expect(read(body).certain).toBe(false);
    },
  );
  it.each([
    "I'll stop by at 5",
    "the bus stop is closed",
    "Yes please send a quote",
    "please don't stop",
    "can't stop laughing",
    "at the end of the day",
    "I want to cancel my 3pm appointment",
    "Let me think",
    "quit my job today",
    "ok",
    "start when you like",
    "help me choose a colour",
    "stop worrying, it's fine",
    "no stop needed",
  ])("%s neither stops, starts nor asks for help", (body) => {
    expect(read(body).meaning).toBe("other");
  });
});

describe("our answers", () => {
  const gsm =
    /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà]{1,160}$/;
  it.each(replyLanguages)("fit into one message in %s", (language) => {
    const sender = "Acme Industrial Supplies Ltd.";
    expect(stopConfirmation(language, sender)).toMatch(gsm);
    expect(stopConfirmation(language, sender)).toMatch(/START/);
    expect(helpAnswer(language, sender, "support@acme.example")).toMatch(gsm);
    expect(helpAnswer(language, sender, "support@acme.example")).toMatch(/STOP/);
  });
});

it("reads any text without throwing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 400 }), (body) => {
      expect(typeof read(body).meaning).toBe("string");
    }),
  );
});
