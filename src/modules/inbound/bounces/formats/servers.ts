import type { Report } from "../report.ts";

/** A mail server's own way to write a notice of non-delivery. */
interface ServerFormat {
  name: string;
  /** Found in the From, Subject or first words: all that are given must be. */
  from?: RegExp;
  subject?: RegExp;
  words?: RegExp;
  header?: string;
  /** The sentence before the recipients; what stands before it is passed over. */
  begins?: RegExp;
  /** Where the part on recipients ends. */
  ends?: RegExp;
}

const formats: readonly ServerFormat[] = [
  {
    name: "Postfix",
    words: /This is the (?:Postfix|mail system|\w*postfix\w* program) (?:program )?at (?:host )?/i,
    begins:
      /The mail system\s*\n|send mail to <?postmaster|do so, please include|own text from the (?:attached )?returned message\.?/i,
  },
  {
    name: "qmail",
    words:
      /Hi\. This is the|This is the qmail-send program|couldn't deliver the following message|wasn't able to deliver your message|I'm afraid I wasn't able/i,
    ends: /--- (?:Below this line|Enclosed|Mensaje|Attached)/i,
  },
  {
    name: "Exim",
    words: /This message was created automatically by (?:the )?mail (?:delivery|transfer)/i,
    begins:
      /(?:could not be delivered|failed|not yet been delivered|not been delivered|has been deferred)[^\n]{0,80}(?:recipients?[^\n]{0,60}|:|address(?:es)?[^\n]{0,60})/i,
    ends: /\n-{3,} ?This is a copy of|\n-{3,} The body of/i,
  },
  {
    name: "Sendmail",
    words:
      /-----\s?(?:The following addresses? (?:had|have)|Transcript of (?:the )?session|Recipients of this delivery)/i,
    begins: /-----\s?The following addresses? (?:had|have)|-----\s?Transcript/i,
    ends: /-----\s?(?:Original message|Unsent message|Returned message|Message header|Message body)/i,
  },
  {
    name: "Gmail",
    from: /mail delivery sub|postmaster@|mailer-daemon@(?:google|gmail)/i,
    words:
      /Delivery to the following recipients? (?:failed|has been delayed|has)|Technical details of (?:permanent|temporary) failure|Your message wasn't delivered to|Address not found|googlemail\.com/i,
    begins: /Delivery to the following recipients?[^\n]{0,80}|wasn't delivered to/i,
    ends: /-{3,} Original message/i,
  },
  {
    name: "Exchange 2003",
    words:
      /did not reach the following recipient|could not be reached:|The following recipient\(s\)|Der folgende Empfänger|Le ou les destinataires/i,
    begins:
      /(?:did not reach the following recipient|could not be reached|following recipient)[^\n]{0,80}/i,
  },
  {
    name: "Exchange",
    words:
      /Delivery has failed to these recipients|Diagnostic information for administrators|Generating server|Fehler bei der Nachrichtenzustellung|Échec de la remise|No se pudo entregar|Non è stato possibile recapitare|Kan niet worden bezorgd/i,
    ends: /Original message headers|Diagnostic information for administrators|Ursprüngliche Nachrichtenkopfzeilen|En-têtes du message/i,
  },
  {
    name: "Microsoft 365",
    words: /Your message to \S{1,200} couldn't be delivered|Office 365|outlook\.com/i,
  },
  {
    name: "Notes Domino",
    words: /was not delivered to:|\bDomino\b|Die Nachricht konnte nicht/i,
    begins: /was not delivered to:/i,
  },
  {
    name: "Courier",
    words: /This is a delivery status notification from|UNDELIVERABLE MAIL|courier mail server/i,
    begins: /cannot be delivered:|has not been delivered/i,
    ends: /If your message was also sent to additional/i,
  },
  {
    name: "Yahoo",
    words: /unable to deliver your message to the following address|Yahoo! /i,
    begins: /following address(?:es)?\.?/i,
    ends: /--- Below this line/i,
  },
  {
    name: "OpenSMTPD",
    words: /This is the MAILER-DAEMON, please DO NOT REPLY/i,
    begins: /(?:recipients?|An error has occurred)[^\n]{0,120}/i,
    ends: /Below is a copy of the original message/i,
  },
  {
    name: "Oracle Messaging Server",
    words:
      /This report relates to a message you sent|Your message cannot be delivered to the following recipients/i,
    begins: /following recipients:/i,
  },
  {
    name: "GMX and web.de",
    words:
      /This message was created automatically by mail delivery software\.\s+A message that you sent could not be delivered to\s+one or more/i,
    begins: /following address(?:es)? failed:/i,
    ends: /--- The header of the original/i,
  },
  {
    name: "1&1",
    words:
      /This message has been automatically generated|For explanation visit|ionos|kundenserver|SMTP error from remote/i,
    begins: /following address(?:es)? failed|could not be delivered/i,
    ends: /--- The header of the original/i,
  },
  {
    name: "IMail Server",
    header: "x-mailer",
    words:
      /(?:Unknown user|User mailbox exceeds allowed size|undeliverable to|Delivery failed \d+ attempts):/i,
    ends: /Original message follows/i,
  },
  { name: "InterScan", words: /Sent >>> RCPT TO|Received <<<|InterScan|Trend ?Micro/i },
  {
    name: "EZweb and KDDI",
    words:
      /The user\(s\) account is|following recipients was rejected|Could not be delivered to: <|The user\(s\) |not be delivered[^\n]{0,20}au one net/i,
    ends: /------ |Original message/i,
  },
  { name: "DragonFly", words: /DragonFly Mail Agent/i },
  {
    name: "Biglobe",
    from: /biglobe/i,
    words: /-{3,} The following addresses had delivery/i,
    begins: /following addresses had delivery/i,
    ends: /-{3,} Non-delivered|Below is/i,
  },
  {
    name: "McAfee",
    words: /--- The following addresses had delivery problems ---/i,
    begins: /addresses had delivery problems ---/i,
    ends: /--- The transcript|\n-{3,} ?(?:Original|Message)/i,
  },
  {
    name: "m-FILTER",
    words: /-------server message|m-filter/i,
    begins: /-------unsent recipient/i,
    ends: /-------original (?:message|mail)/i,
  },
  {
    name: "MailMarshal",
    words: /Could not be delivered because of|recipients were affected:/i,
    begins: /recipients were affected:/i,
    ends: /Additional information|-----/i,
  },
  {
    name: "MailFoundry",
    words: /Unable to deliver message to:/i,
    ends: /This has been a permanent failure|MailFoundry/i,
  },
  {
    name: "Active!hunter",
    subject: /FAILURE NOTICE/i,
    words: /-{5,} ?original message|>>> /i,
    ends: /----- Original message/i,
  },
  { name: "MessageLabs", words: /message ?labs|symanteccloud/i },
  { name: "Zoho", words: /zoho|ERROR_CODE ?:/i, ends: /Received:/i },
  {
    name: "Verizon",
    from: /vzwpix|vtext|post_master@/i,
    words: /Error: |could not be delivered to mobile|Undeliverable/i,
    ends: /Message details/i,
  },
  { name: "Barracuda", words: /barracuda/i },
  { name: "Mimecast", words: /mimecast/i },
  { name: "SendGrid", words: /sendgrid/i },
  { name: "Google Groups", words: /group you tried to contact/i },
  { name: "Facebook", from: /facebook/i },
  { name: "ezmlm", words: /This is the ezmlm|handling (?:of )?the list/i },
  { name: "fml", header: "x-mlserver", words: /./ },
  {
    name: "MailEnable",
    words: /MailEnable|Message could not be delivered to some recipients/i,
    begins: /some recipients/i,
  },
  {
    name: "hMailServer",
    words: /hMailServer|Your message did not reach some or all of the intended recipients/i,
    begins: /following recipient\(s\) could not be reached/i,
  },
  { name: "Kerio", words: /Kerio|Your message was not delivered to/i },
  { name: "Mail.ru", words: /mail\.ru|Это письмо создано автоматически|VK WorkMail/i },
  { name: "Yandex", words: /yandex|Яндекс|host mxback/i },
  { name: "Mailgun", header: "x-mailgun-sid", words: /./ },
  { name: "NetEase", words: /netease|网易|163\.com/i },
  { name: "Tencent", words: /腾讯|qq\.com|QQ邮箱/i },
  {
    name: "GroupWise",
    words: /GroupWise|The message that you sent was undeliverable to the following/i,
    begins: /undeliverable to the following/i,
  },
  {
    name: "MDaemon",
    words: /MDaemon|The attached message had PERMANENT fatal delivery errors|Session Transcript/i,
  },
  { name: "Mercury", words: /Mercury\/32|The attached message has failed delivery/i },
  { name: "CommuniGate", words: /Failed to deliver to '|CommuniGate/i },
  { name: "SurgeMail", words: /SurgeMail|message cannot be delivered to the following address/i },
  {
    name: "Lotus SMTP",
    words: /Unable to deliver message to the following|Failure Reasons/i,
    begins: /Failure Reasons|deliver message to the following[^\n]{0,60}/i,
  },
];

export interface NamedNotice {
  name: string;
  /** The notice from its recipients on. */
  text: string;
}

/** Which server wrote a notice, and the part of it that names recipients; null for none of these. */
export function namedNotice(report: Report): NamedNotice | null {
  const { notice } = report;
  const start = notice.slice(0, 16 * 1024);
  const format = formats.find(
    (each) =>
      (each.from === undefined || each.from.test(report.from)) &&
      (each.subject === undefined || each.subject.test(report.subject)) &&
      (each.header === undefined || report.headers.some((header) => header.name === each.header)) &&
      (each.words === undefined || each.words.test(start)),
  );
  if (!format) return null;
  const begins = format.begins?.exec(notice);
  const from = begins ? begins.index + begins[0].length : 0;
  const rest = notice.slice(from);
  const ends = format.ends ? rest.search(format.ends) : -1;
  return { name: format.name, text: ends > 0 ? rest.slice(0, ends) : rest };
}
