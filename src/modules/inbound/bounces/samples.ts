/** Small messages of our own in the forms of many servers, for tests without the corpus. */

const ours = [
  "Received: from heed.example.com by mx.example.net; Mon, 2 Nov 2026 09:00:00 +0000",
  "Message-ID: <42@heed.example.com>",
  "From: Ada <ada@heed.example.com>",
  "To: kim@example.org",
  "Subject: Next year",
  "",
  "Hello Kim",
];

/** A notice in plain words: the server's text, then our message as text. */
export function noticeOf(
  words: string,
  options: { from?: string; subject?: string; headers?: string[]; returned?: string[] } = {},
): Buffer {
  return Buffer.from(
    [
      `From: ${options.from ?? "Mail Delivery System <MAILER-DAEMON@mx.example.net>"}`,
      "To: ada@heed.example.com",
      `Subject: ${options.subject ?? "Mail delivery failed: returning message to sender"}`,
      "Content-Type: text/plain; charset=utf-8",
      ...(options.headers ?? []),
      "",
      words,
      "",
      ...(options.returned ?? ours),
    ].join("\r\n"),
  );
}

/** A delivery report (RFC 3464) with one group of fields a recipient. */
export function reportOf(
  groups: string[][],
  options: { words?: string; headers?: string[]; to?: string } = {},
): Buffer {
  return Buffer.from(
    [
      "From: MAILER-DAEMON@mx.example.net",
      `To: ${options.to ?? "ada@heed.example.com"}`,
      "Subject: Undelivered Mail Returned to Sender",
      "Auto-Submitted: auto-replied",
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
      ...(options.headers ?? []),
      "",
      "--b",
      "Content-Type: text/plain",
      "",
      options.words ?? "Your message could not be delivered.",
      "--b",
      "Content-Type: message/delivery-status",
      "",
      "Reporting-MTA: dns; mx.example.net",
      ...groups.flatMap((fields) => ["", ...fields]),
      "--b",
      "Content-Type: message/rfc822",
      "",
      ...ours,
      "--b--",
    ].join("\r\n"),
  );
}

/** A report of an abuse desk (RFC 5965) on our message. */
export function feedbackOf(type: string, fields: string[] = []): Buffer {
  return Buffer.from(
    [
      "From: feedback@provider.example",
      "Subject: FW: Next year",
      'Content-Type: multipart/report; report-type=feedback-report; boundary="b"',
      "",
      "--b",
      "Content-Type: text/plain",
      "",
      "This is an email abuse report.",
      "--b",
      "Content-Type: message/feedback-report",
      "",
      `Feedback-Type: ${type}`,
      "User-Agent: Provider-FBL/1.0",
      ...fields,
      "--b",
      "Content-Type: message/rfc822",
      "",
      ...ours,
      "--b--",
    ].join("\r\n"),
  );
}

/** A message that a person or an autoresponder writes. */
export function answerOf(subject: string, words: string, headers: string[] = []): Buffer {
  return Buffer.from(
    [
      "From: Kim <kim@example.org>",
      "To: ada@heed.example.com",
      `Subject: ${subject}`,
      "In-Reply-To: <42@heed.example.com>",
      "Content-Type: text/plain; charset=utf-8",
      ...headers,
      "",
      words,
    ].join("\r\n"),
  );
}

/** `mail` attached to a message of somebody who forwards it. */
export function forwarded(mail: Buffer): Buffer {
  return Buffer.from(
    [
      "From: Ben <ben@heed.example.com>",
      "To: bounces@heed.example.com",
      "Subject: Fwd: what is this?",
      'Content-Type: multipart/mixed; boundary="f"',
      "",
      "--f",
      "",
      "Please have a look.",
      "--f",
      "Content-Type: message/rfc822",
      "",
      mail.toString(),
      "--f--",
    ].join("\r\n"),
  );
}
