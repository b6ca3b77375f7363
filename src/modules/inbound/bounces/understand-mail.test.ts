import { describe, expect, test } from "vitest";
import { readIncoming } from "../mail/read-incoming.ts";
import { answerOf, feedbackOf, forwarded, noticeOf, reportOf } from "./samples.ts";
import { understandMail } from "./understand-mail.ts";

const understand = (raw: Buffer) => understandMail(readIncoming(raw));
const brief = (raw: Buffer) => {
  const { kind, recipients } = understand(raw);
  return [kind, ...recipients.map((each) => `${each.address} ${each.class} ${each.reason}`)];
};
const failed = (address: string, status: string, diagnostic: string, more: string[] = []) => [
  `Final-Recipient: rfc822; ${address}`,
  "Action: failed",
  `Status: ${status}`,
  `Diagnostic-Code: smtp; ${diagnostic}`,
  ...more,
];

/** Notices without a report part, each in its server's own form. */
const notices: [string, Buffer, string[]][] = [
  [
    "Exim",
    noticeOf(
      "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  kim@example.org\n    host mx.example.org [192.0.2.1]\n    SMTP error from remote mail server after RCPT TO:<kim@example.org>:\n    550 5.1.1 <kim@example.org>: Recipient address rejected: User unknown\n\n------ This is a copy of the message, including all the headers. ------",
    ),
    ["bounce", "kim@example.org hard no_such_mailbox"],
  ],
  [
    "qmail",
    noticeOf(
      "Hi. This is the qmail-send program at mx.example.net.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<kim@example.org>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 no such mailbox\nGiving up on 192.0.2.1.\n\n<lee@example.org>:\nuser is over quota (#5.2.2)\n\n--- Below this line is a copy of the message.",
      { subject: "failure notice" },
    ),
    ["bounce", "kim@example.org hard no_such_mailbox", "lee@example.org soft mailbox_full"],
  ],
  [
    "Sendmail",
    noticeOf(
      "   ----- The following addresses had permanent fatal errors -----\n<kim@example.org>\n    (reason: 550 5.1.1 <kim@example.org>... User unknown)\n\n   ----- Transcript of session follows -----\n... while talking to mx.example.org.:\n>>> RCPT To:<kim@example.org>\n<<< 550 5.1.1 <kim@example.org>... User unknown",
      { subject: "Returned mail: see transcript for details" },
    ),
    ["bounce", "kim@example.org hard no_such_mailbox"],
  ],
  [
    "Gmail",
    noticeOf(
      "Delivery to the following recipient failed permanently:\n\n     kim@example.org\n\nTechnical details of permanent failure:\nGoogle tried to deliver your message, but it was rejected by the recipient domain. The error that the other server returned was: 550 550 5.7.1 message looks like spam (state 18).\n\n----- Original message -----",
      { from: "Mail Delivery Subsystem <mailer-daemon@googlemail.com>" },
    ),
    ["bounce", "kim@example.org policy spam"],
  ],
  [
    "Exchange in German",
    noticeOf(
      "Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:\n\nkim@example.org\nDie eingegebene E-Mail-Adresse wurde nicht gefunden.\n\nDiagnoseinformationen für Administratoren:\n#550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found ##",
      { from: "Microsoft Outlook <postmaster@example.net>", subject: "Unzustellbar: Next year" },
    ),
    ["bounce", "kim@example.org hard no_such_mailbox"],
  ],
  [
    "Notes Domino",
    noticeOf(
      "Your message\n\n  Subject: Next year\n\nwas not delivered to:\n\n  kim@example.org\n\nbecause:\n\n  User kim (kim@example.org) not listed in Domino Directory",
      { from: "Postmaster@example.net", subject: "DELIVERY FAILURE: User not listed" },
    ),
    ["bounce", "kim@example.org hard no_such_mailbox"],
  ],
  [
    "Mail.ru in Russian",
    noticeOf(
      "Это письмо создано автоматически сервером.\n\nСообщение не может быть доставлено:\n\n**********************\n\nkim@example.org\n  Ящик получателя переполнен\n\n**********************",
      { subject: "Недоставленное сообщение" },
    ),
    ["bounce", "kim@example.org soft mailbox_full"],
  ],
  [
    "a Chinese server",
    noticeOf("抱歉,您的邮件被退回来了……\n收件人\nkim@example.org\n退信原因: 收件人邮件地址不存在", {
      from: "Postmaster <postmaster@mail.example.net>",
      subject: "系统退信",
    }),
    ["bounce", "kim@example.org hard no_such_mailbox"],
  ],
  [
    "a Japanese server",
    noticeOf(
      "以下の宛先にメールを配信できませんでした。\n\nkim@example.org\n宛先のユーザーが見つかりません",
      {
        subject: "配信エラー",
      },
    ),
    ["bounce", "kim@example.org hard no_such_mailbox"],
  ],
  [
    "a French server",
    noticeOf(
      "Votre message n'a pas pu être remis au destinataire suivant :\n\n<kim@example.org>: utilisateur inconnu",
      { subject: "Échec de la remise" },
    ),
    ["bounce", "kim@example.org hard no_such_mailbox"],
  ],
  [
    "a Spanish server",
    noticeOf("No se pudo entregar su mensaje a:\n\n<kim@example.org>: el buzón está lleno", {
      subject: "Mensaje no entregado",
    }),
    ["bounce", "kim@example.org soft mailbox_full"],
  ],
  [
    "a server that only sets X-Failed-Recipients",
    noticeOf("The message bounced: domain does not exist.", {
      headers: ["X-Failed-Recipients: kim@example.org"],
    }),
    ["bounce", "kim@example.org hard domain_unknown"],
  ],
  [
    "a truncated notice",
    noticeOf("Your message could not be delivered. 550 5.1.1 User unknown", {
      returned: ["Received: from x", "Message-ID: <42@heed.example.com>", "To: kim@example.org"],
    }),
    ["bounce", "kim@example.org hard no_such_mailbox"],
  ],
  [
    "Yahoo",
    noticeOf(
      "Sorry, we were unable to deliver your message to the following address.\n\n<kim@example.org>:\nRemote host said: 550 <kim@example.org>... User Unknown [RCPT_TO]\n\n--- Below this line is a copy of the message.",
      { from: "MAILER-DAEMON@yahoo.example", subject: "Failure Notice" },
    ),
    ["bounce", "kim@example.org hard no_such_mailbox"],
  ],
  [
    "a server that writes the reason before the address",
    noticeOf(
      "------- Failure Reasons  --------\n\nUser not listed in public Name & Address Book\nkim@example.org\n\nMailbox is full\nlee@example.org\n\n------- Returned Message --------",
      { subject: "Delivery Failure" },
    ),
    ["bounce", "kim@example.org hard no_such_mailbox", "lee@example.org soft mailbox_full"],
  ],
  [
    "a server that writes sentences",
    noticeOf(
      "We had trouble delivering your message. Full details follow:\n\n1 error(s):\n\nSMTP Server <mx.example.org> rejected recipient <kim@example.org> (Error following RCPT command). It responded as follows: [550 <kim@example.org>... User unknown]",
      { subject: "There was an error sending your mail" },
    ),
    ["bounce", "kim@example.org hard no_such_mailbox"],
  ],
  [
    "Apache James",
    noticeOf(
      "Hi. This is the James mail server at mx.example.net.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up.\n\nkim@example.org\n\nThe reason is:\n\n550 5.1.1 Requested action not taken: no such user here",
      { from: "postmaster@mx.example.net" },
    ),
    ["bounce", "kim@example.org hard no_such_mailbox"],
  ],
  [
    "Postfix, to an alias",
    noticeOf(
      "This is the mail system at host mx.example.net.\n\n                   The mail system\n\n<box17@internal.example.net> (expanded from <kim@example.org>): host mx said:\n    550 5.1.1 user unknown (in reply to RCPT TO command)",
      { subject: "Undelivered Mail Returned to Sender" },
    ),
    ["bounce", "kim@example.org hard no_such_mailbox"],
  ],
  [
    "MDaemon",
    noticeOf(
      "--- Session Transcript ---\nThe following recipients could not be delivered:\n\n<kim@example.org>\n  --> RCPT To:<kim@example.org>\n  <-- 550 5.1.1 unknown user",
      { subject: "Permanent Delivery Failure" },
    ),
    ["bounce", "kim@example.org hard no_such_mailbox"],
  ],
  [
    "hMailServer",
    noticeOf(
      "Your message did not reach some or all of the intended recipients.\n\n   Sent: Mon, 2 Nov 2026\n   Subject: Next year\n\nThe following recipient(s) could not be reached:\n\nkim@example.org\n   Error Type: SMTP\n   Remote server replied: 550 5.1.1 Unknown user\n\nhMailServer",
      { subject: "Message undeliverable: Next year" },
    ),
    ["bounce", "kim@example.org hard no_such_mailbox"],
  ],
  [
    "a server that has refused us, not them",
    noticeOf(
      "<kim@example.org>: host mx.example.org[192.0.2.9] said: 554 5.7.1 Your IP is listed at bl.example (in reply to MAIL FROM command)",
      { subject: "Undelivered Mail Returned to Sender" },
    ),
    ["bounce", "kim@example.org policy blocked"],
  ],
];

describe("a mail server's notice", () => {
  test.each(notices)("of %s", (_, raw, expected) => {
    expect(brief(raw)).toEqual(expected);
  });

  test("that only warns of a delay stops nobody", () => {
    const raw = noticeOf(
      "This is a warning message only. You do not need to resend your message.\nIt has not yet been delivered to:\n\n  kim@example.org\n    550 user unknown\n\nDelivery attempts will continue.",
      { subject: "Warning: message delayed 24 hours" },
    );
    expect(understand(raw).kind).toBe("delayed");
  });
});

describe("a delivery report", () => {
  test("names our message and whom it was to", () => {
    expect(understand(reportOf([failed("kim@example.org", "5.1.1", "550 5.1.1 unknown")]))).toEqual(
      expect.objectContaining({
        originalMessageId: "42@heed.example.com",
        originalTo: ["kim@example.org"],
        understood_as: expect.stringContaining("RFC 3464"),
        because: expect.stringContaining("mx.example.net"),
      }),
    );
  });

  test("takes the address that we used, and keeps the one that it was forwarded to", () => {
    const raw = reportOf([
      failed("box17@internal.example.net", "5.1.1", "550 5.1.1 unknown user", [
        "Original-Recipient: rfc822;sales@example.org",
      ]),
    ]);
    expect(understand(raw).recipients).toMatchObject([
      { address: "sales@example.org", final: "box17@internal.example.net", class: "hard" },
    ]);
  });

  const cases: [string, string, string, string][] = [
    ["5.2.2", "552 5.2.2 mailbox full", "soft", "mailbox_full"],
    ["5.7.1", "550 5.7.1 message rejected as spam, user unknown to blame", "policy", "spam"],
    ["5.7.26", "550-5.7.26 unauthenticated mail is prohibited", "policy", "authentication"],
    [
      "5.7.1",
      "554 5.7.1 Service unavailable; Client host blocked using zen.spamhaus.org",
      "policy",
      "blocked",
    ],
    ["4.2.0", "450 4.2.0 Greylisted, try again later", "soft", "greylisted"],
    ["5.3.4", "552 5.3.4 message size exceeds fixed limit", "soft", "too_large"],
    ["5.1.2", "550 5.1.2 Host unknown", "hard", "domain_unknown"],
    ["5.1.6", "551 5.1.6 user has moved", "hard", "moved"],
    ["5.1.10", "556 5.1.10 Recipient address has null MX", "hard", "accepts_no_mail"],
    ["5.7.1", "550 5.7.1 Relaying denied", "policy", "relaying"],
    ["5.1.8", "553 5.1.8 sender address rejected: Domain not found", "policy", "sender_refused"],
    ["4.4.1", "connect to mx.example.org: Connection timed out", "soft", "expired"],
    ["4.1.1", "450 4.1.1 unknown user, directory is away", "soft", "no_such_mailbox"],
    [
      "5.2.1",
      "550 5.2.1 The email account that you tried to reach is disabled",
      "soft",
      "mailbox_disabled",
    ],
    ["5.0.0", "550 User unknown", "unknown", "unconfirmed"],
    ["5.0.0", "550 nothing that anybody knows", "unknown", "unknown"],
  ];
  test.each(cases)("%s %s is %s (%s)", (status, diagnostic, group, reason) => {
    const raw = reportOf([failed("kim@example.org", status, diagnostic)]);
    expect(brief(raw)).toEqual(["bounce", `kim@example.org ${group} ${reason}`]);
  });

  test("an unknown user in answer to the message itself hides a filter", () => {
    const raw = reportOf([failed("kim@example.org", "5.0.0", "550 unknown user")], {
      words: "<kim@example.org>: host mx said: 550 unknown user (in reply to end of DATA command)",
    });
    expect(brief(raw)).toEqual(["bounce", "kim@example.org policy filtered"]);
  });

  test("delayed and delivered recipients are not stopped, whatever their diagnostic", () => {
    const group = (action: string) => [
      "Final-Recipient: rfc822; kim@example.org",
      `Action: ${action}`,
      "Status: 5.1.1",
      "Diagnostic-Code: smtp; 550 5.1.1 user unknown",
    ];
    expect(brief(reportOf([group("delayed")]))[0]).toBe("delayed");
    expect(brief(reportOf([group("delivered")]))[0]).toBe("delivered");
    for (const action of ["delayed", "delivered", "relayed", "expanded"])
      expect(understand(reportOf([group(action)])).recipients[0]?.class).toBe("unknown");
  });

  test("several recipients each have their own class", () => {
    const raw = reportOf([
      failed("kim@example.org", "5.1.1", "550 5.1.1 unknown user"),
      failed("lee@example.org", "5.2.2", "552 5.2.2 over quota"),
    ]);
    expect(brief(raw)).toEqual([
      "bounce",
      "kim@example.org hard no_such_mailbox",
      "lee@example.org soft mailbox_full",
    ]);
  });

  test("our own return path says who it was, whatever the report writes", () => {
    const raw = reportOf([failed("box17@internal.example.net", "5.1.1", "550 5.1.1 unknown")], {
      to: "b+token@heed.example.com",
    });
    const understood = understandMail(readIncoming(raw), (address) =>
      address === "b+token@heed.example.com" ? "kim@example.org" : null,
    );
    expect(understood.recipients).toMatchObject([{ address: "kim@example.org", class: "hard" }]);
  });

  test("is found inside a message that forwards it", () => {
    const raw = forwarded(reportOf([failed("kim@example.org", "5.1.1", "550 5.1.1 unknown")]));
    expect(brief(raw)).toEqual(["bounce", "kim@example.org hard no_such_mailbox"]);
  });
});

describe("a provider's feedback", () => {
  test.each([
    ["abuse", "complaint"],
    ["fraud", "complaint"],
    ["opt-out", "complaint"],
    ["auth-failure", "auth_failure"],
    ["not-spam", "not_spam"],
  ])("of type %s is %s", (type, kind) => {
    expect(brief(feedbackOf(type, ["Original-Rcpt-To: kim@example.org"]))).toEqual([
      kind,
      "kim@example.org unknown feedback",
    ]);
  });

  test("as Amazon SES mails it", () => {
    const event = {
      notificationType: "Bounce",
      bounce: {
        bounceType: "Permanent",
        bouncedRecipients: [
          {
            emailAddress: "kim@example.org",
            status: "5.1.1",
            diagnosticCode: "smtp; 550 5.1.1 user unknown",
          },
        ],
      },
      mail: {
        destination: ["kim@example.org"],
        commonHeaders: { messageId: "<42@heed.example.com>" },
      },
    };
    const raw = noticeOf(JSON.stringify(event), {
      from: "AWS <no-reply@sns.amazonaws.com>",
      returned: [],
    });
    expect(brief(raw)).toEqual(["bounce", "kim@example.org hard no_such_mailbox"]);
  });
});

describe("what is no bounce", () => {
  test("a person's new message that sounds like one", () => {
    const raw = noticeOf("It was rejected by my boss. Stop.", {
      from: "Kim <kim@example.org>",
      subject: "Your message bounced around here",
      returned: [],
    });
    expect(understand(raw)).toMatchObject({ kind: "reply", recipients: [] });
  });

  const answers: [string, Buffer, string][] = [
    ["a reply", answerOf("Re: Next year", "Yes, let us talk."), "reply"],
    [
      "a reply about a bounce that quotes it",
      answerOf(
        "Re: Undelivered mail",
        "Why did I get this?\n> <lee@example.org>: 550 5.1.1 user unknown",
      ),
      "reply",
    ],
    [
      "an absence in English",
      answerOf("Out of Office: Next year", "Back on Monday."),
      "auto_reply",
    ],
    ["an absence in German", answerOf("Abwesenheitsnotiz: Next year", "Ab Montag."), "auto_reply"],
    [
      "an absence in French",
      answerOf("Réponse automatique : Next year", "Je suis absent."),
      "auto_reply",
    ],
    ["an answer about holidays", answerOf("Re: Your vacation offer", "Not for me."), "reply"],
    [
      "an automatic reply",
      answerOf("Re: Next year", "Thanks.", ["Auto-Submitted: auto-replied"]),
      "auto_reply",
    ],
    [
      "a challenge",
      answerOf("Re: Next year", "Please click the link to confirm that you sent this message."),
      "challenge",
    ],
    [
      "Apple Mail's unsubscribe",
      answerOf("unsubscribe", "Apple Mail sent this.", [
        "Auto-Submitted: auto-replied",
        "X-Apple-Unsubscribe: true",
      ]),
      "reply",
    ],
  ];
  test.each(answers)("%s", (_, raw, kind) => {
    expect(understand(raw)).toMatchObject({
      kind,
      recipients: [],
      originalMessageId: "42@heed.example.com",
    });
  });
});
