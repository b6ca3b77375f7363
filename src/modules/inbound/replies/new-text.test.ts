import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { understandReply } from "./understand-reply.ts";

const receivedAt = new Date("2026-02-10T09:00:00Z");
const footer =
  "If you no longer wish to receive these emails, unsubscribe here: https://acme.example/u/1";
const read = (text: string, subject = "Re: Your offer", html?: string) =>
  understandReply({ subject, text, html, receivedAt });

/** How mail programs of seven languages quote what they answer. */
const quoted: Readonly<Record<string, string>> = {
  "Gmail, English": `On Mon, Feb 9, 2026 at 10:00 AM Acme Sales <sales@acme.example> wrote:\n> Hello\n> ${footer}`,
  "Gmail, English, wrapped": `On Mon, Feb 9, 2026 at 10:00 AM Acme Sales with a long name <\nsales@acme.example> wrote:\n\n> Hello\n> ${footer}`,
  "Apple Mail, unmarked": `On 9 Feb 2026, at 10:00, Acme Sales <sales@acme.example> wrote:\n\nHello\nunsubscribe me`,
  "Outlook, English": `________________________________\nFrom: Acme Sales <sales@acme.example>\nSent: Monday, February 9, 2026 10:00 AM\nTo: Bob <bob@b.example>\nSubject: Your offer\n\nHello\n${footer}`,
  "Outlook, bold": `*From:* Acme Sales\n*Sent:* Monday\n*To:* Bob\n*Subject:* Your offer\nHello\nPlease unsubscribe me`,
  "Original Message": `-----Original Message-----\nFrom: Acme\nSent: Monday\n\n${footer}\nUnsubscribe`,
  telephone: `Sent from my iPhone\n\n> On 9 Feb 2026, at 10:00, Acme <a@acme.example> wrote:\n> Unsubscribe`,
  "Gmail, French": `Le lun. 9 févr. 2026 à 10:00, Acme <ventes@acme.example> a écrit :\n> Pour vous désabonner, cliquez ici\n> Désabonnez-moi`,
  "Outlook, French": `De : Acme <ventes@acme.example>\nEnvoyé : lundi 9 février 2026 10:00\nÀ : Bob\nObjet : Offre\n\nSi vous ne souhaitez plus recevoir nos messages, désinscrivez-vous ici`,
  "Thunderbird, German": `Am 09.02.26 um 10:00 schrieb Acme:\n> Vom Newsletter abmelden\n> Abmelden`,
  "Outlook, German": `Von: Acme <v@acme.example>\nGesendet: Montag, 9. Februar 2026 10:00\nAn: Bob\nBetreff: Angebot\n\nBitte abmelden`,
  "Gmail, Spanish": `El lun, 9 feb 2026 a las 10:00, Acme (<v@acme.example>) escribió:\n> Darse de baja`,
  "Outlook, Spanish": `De: Acme\nEnviado el: lunes, 9 de febrero de 2026\nPara: Bob\nAsunto: Oferta\n\nDarme de baja`,
  "Gmail, Dutch": `Op ma 9 feb 2026 om 10:00 schreef Acme <v@acme.example>:\n> Afmelden`,
  "Outlook, Dutch": `Van: Acme\nVerzonden: maandag 9 februari 2026\nAan: Bob\nOnderwerp: Aanbod\n\nAfmelden`,
  "Gmail, Italian": `Il giorno lun 9 feb 2026 alle ore 10:00 Acme <v@acme.example> ha scritto:\n> Cancellami`,
  "Outlook, Italian": `Da: Acme\nInviato: lunedì 9 febbraio 2026\nA: Bob\nOggetto: Offerta\n\nCancellami`,
  "Gmail, Portuguese": `Em seg., 9 de fev. de 2026 às 10:00, Acme <v@acme.example> escreveu:\n> Descadastrar`,
  "Outlook, Portuguese": `De: Acme\nEnviada em: segunda-feira, 9 de fevereiro de 2026\nPara: Bob\nAssunto: Oferta\n\nDescadastrar`,
  "our footer, unmarked": `\n${footer}\n`,
};

describe("the words of our own quoted mail", () => {
  it.each(Object.entries(quoted))("stop nobody: %s", (_, quote) => {
    const reply = read(`Thanks, I will have a look.\n\n${quote}`);
    expect(reply).toMatchObject({ meaning: "other", said: "Thanks, I will have a look." });
  });
  it.each(Object.entries(quoted))("hide no request above them: %s", (_, quote) => {
    expect(read(`Please remove me from your list.\n\n${quote}`)).toMatchObject({
      meaning: "unsubscribe",
      certain: true,
    });
  });
  it("hide no request below marked lines", () => {
    expect(
      read(
        `On Mon, 9 Feb 2026 Acme <a@acme.example> wrote:\n> Hello Bob,\n> an offer\n\nStop emailing me.`,
      ),
    ).toMatchObject({ meaning: "stop", certain: true });
    expect(read(`> Hello Bob,\nplease take me off this list\n> an offer`)).toMatchObject({
      meaning: "unsubscribe",
      certain: true,
    });
  });
  it("leave a request below unmarked lines to a person", () => {
    const text = `-----Original Message-----\nFrom: Acme\nSent: Monday\n\nHello Bob\n\nPlease remove me from your list`;
    expect(read(text)).toMatchObject({ meaning: "unsubscribe", certain: false });
  });
  it("are left out of HTML", () => {
    const html = `<html><head><style>p{}</style></head><body><p>Nice, <b>tell me more</b>&nbsp;please</p><div class="gmail_quote">On Mon Acme wrote:<blockquote><a href="x">Unsubscribe</a></blockquote></div></body></html>`;
    expect(read("", "Re: x", html)).toMatchObject({
      meaning: "wants_information",
      said: "Nice, tell me more please",
    });
  });
});

describe("signatures", () => {
  it.each([
    "-- \nBob Builder\nUnsubscribe",
    "Best regards,\nBob\nStop Smoking Clinic Ltd.\nTel. +1 555 0100",
    "Mit freundlichen Grüßen\nBob\nBitte abmelden GmbH",
    "This e-mail and any attachments are confidential. If you are not the recipient, delete it.\nTo unsubscribe click here",
  ])("stop nobody: %s", (signature) => {
    expect(read(`See you there.\n\n${signature}`)).toMatchObject({
      meaning: "other",
      said: "See you there.",
    });
  });
  it("hide no postscript", () => {
    expect(read("No thanks.\n\nBest regards,\nBob\n\nPS: please unsubscribe me")).toMatchObject({
      meaning: "unsubscribe",
      certain: true,
    });
  });
});

describe("subjects", () => {
  it.each([
    "UNSUBSCRIBE",
    "unsubscribe",
    "Remove",
    "STOP Re: Your offer",
    "Re: UNSUBSCRIBE",
    "Please unsubscribe me",
    "Abmelden",
    "Désinscription",
    "baja",
  ])("%s asks to stop when nothing else is written", (subject) => {
    expect(read("", subject)).toMatchObject({ certain: true });
    expect(["stop", "unsubscribe"]).toContain(read("", subject).meaning);
  });
  it.each([
    "Re: How to stop losing leads",
    "Re: Stop wasting money",
    "Re: Please unsubscribe me from boredom",
    "AW: Nie wieder Stau",
  ])("%s is our own subject", (subject) => {
    expect(read("Sounds good.", subject).meaning).not.toMatch(/stop|unsubscribe/);
  });
});

describe("programs' answers", () => {
  const away =
    "I am out of the office until Monday. To unsubscribe from our newsletter, click here.";
  it("stop nobody by their own footers", () => {
    expect(
      understandReply({ subject: "Automatic reply: Your offer", text: away, receivedAt }),
    ).toMatchObject({ meaning: "out_of_office", until: "2026-02-16" });
    expect(
      understandReply({
        subject: "x",
        text: "Stop! Unsubscribe.",
        headers: { "auto-submitted": "auto-replied" },
        receivedAt,
      }),
    ).toMatchObject({ meaning: "other" });
  });
});

describe("remembered phrases", () => {
  const phrases = [{ phrase: "press the stop button", meaning: "wants_information" as const }];
  it("decide where they stand, and hide no other request", () => {
    expect(
      understandReply({
        subject: "",
        text: "We should Press the STOP button?",
        phrases,
        receivedAt,
      }),
    ).toMatchObject({
      meaning: "wants_information",
      certain: true,
      understood_as: "remembered phrase",
    });
    expect(
      understandReply({
        subject: "",
        text: "press the stop button. And remove me from your list.",
        phrases,
        receivedAt,
      }),
    ).toMatchObject({ meaning: "unsubscribe", certain: true });
  });
});

describe("any text", () => {
  const anything = fc.oneof(
    fc.string({ unit: "binary", maxLength: 2_000 }),
    fc
      .array(
        fc.constantFrom(
          "stop",
          "non",
          "me",
          ",",
          "> ",
          "\n",
          "On ",
          " wrote:",
          "<",
          "&#",
          "unsubscribe",
          "'",
          "(",
          "...",
          "if you",
          "please",
          "From: x",
          "12.3.",
          "ß",
        ),
        { maxLength: 400 },
      )
      .map((words) => words.join(" ")),
  );
  it("is read without throwing", () => {
    fc.assert(
      fc.property(anything, anything, (text, html) => {
        const reply = understandReply({ subject: text.slice(0, 50), text, html, receivedAt });
        expect(reply.because.length).toBeLessThanOrEqual(200);
      }),
      { numRuns: 300 },
    );
  });
  it.each([
    "a",
    "<",
    "> ",
    "'",
    "!",
    ".",
    "1.",
    "stop ",
    "please stop ",
    "On ",
    "if you ",
    "- ",
    "me,",
    "\n",
    "&#1",
    "remove my ",
    "a@",
    "De: x\n",
    "ich mich aus ",
    "+1 ",
  ])("a million of %j is read as far as 20,000 characters", (piece) => {
    const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
    const start = { subject: text.slice(0, 300), text: text.slice(0, 20_000), receivedAt };
    const whole = understandReply({ subject: text, text, html: text, receivedAt });
    expect(whole).toEqual(understandReply(start));
    const shown = understandReply({ subject: "", text: "", html: text, receivedAt });
    expect(shown.said.length).toBeLessThanOrEqual(20_000);
  });
});
