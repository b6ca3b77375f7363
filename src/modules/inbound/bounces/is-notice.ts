import { headerValue } from "../mail/headers.ts";
import type { Report } from "./report.ts";

const daemonFrom =
  /mailer[- ]?daemon|mail[- ]?daemon|postmaster|post_?master|mail ?delivery|delivery ?sub|microsoft ?exchange|mail ?system|mail ?administrator|system ?administrator|internet mail delivery|mail ?admin|no-?reply-?(?:bounce|ndr)|bounce[sd]?@|\bmta\b|smtp server|double-bounce|\broot@|system attendant|mail ?router|mailsweeper|amazonses|mail\.notifications?@|undeliver/i;

const failureSubject =
  /undeliver|un-?delivered|delivery (?:status|failure|failed|error|report|problem|notif|has failed|unsuccess)|failed delivery|mail (?:delivery|system) (?:fail|error|status|warning|report)|returned (?:mail|to sender|message|e-?mail)|failure notice|loop alert|not member article|errors? from|delivery (?:status )?notification|mail (?:could|can) ?not be|non[- ]?deliver|not delivered|message (?:could not|not) (?:be )?delivered|(?:message|mail|e-?mail) (?:status|delivery|failed|bounce|rejected|error|undeliver)|returning|user unknown|bounce|ndn:|ndr:|nicht (?:zustellbar|zugestellt)|unzustellbar|zustellung|retourné|échec|non (?:remis|distribu)|no se (?:pudo|puede) entregar|no entregado|devuelto|mancata consegna|impossibile|non recapitabile|não (?:entregue|foi possível)|falha|niet (?:bezorg|worden)|onbestelbaar|недостав|не доставлено|возврат|退信|无法(?:投递|送达)|未送达|配信|送信(?:できません|エラー)|配達(?:不能|され|でき)|エラーメール|メール(?:配|送|の)|주소|반송/i;

const failureWords =
  /(?:could|can|was|were|did|has|have|will|is|be|are) ?(?:not|n[o']t)[^.\n]{0,40}(?:deliver|reach|sent|accept|find)|undeliver|unable to deliver|(?:deliver|transmission)[^.\n]{0,40}(?:fail|error|problem|unsuccessful|impossible)|fail(?:ed|ure)[^.\n]{0,40}(?:deliver|recipient|address)|permanent (?:fatal )?(?:error|failure)|returned to (?:you|sender|the sender)|wasn't able to deliver|couldn't (?:be )?deliver|user unknown|unknown user|no such user|mailbox (?:is )?full|rejected|bounced?|fatal error|duplicated message-id|loop(?:ed|ing)? (?:alert|mail|back)|smtp error|\b5\d\d [5]\.\d\.\d|\b55[0-9][ -]|nicht[^.\n]{0,40}(?:zugestellt|zustell)|unzustellbar|n'a pas (?:pu|été)|non remis|no (?:se )?(?:pudo|puede|ha podido)|non (?:è stato|può essere)|não (?:pôde|foi)|niet[^.\n]{0,30}(?:bezorgd|afgeleverd)|не (?:может быть|удалось|было|могло)|недостав|无法|退回|できません|できなかった|届け|配信|見つかりません/i;

const certainWords =
  /(?:could|can) ?not be delivered to|unable to deliver (?:the |your |this )?(?:message|mail)|delivery (?:has )?failed|undeliverable (?:mail|message)/i;

const delayWords =
  /warning: (?:could not send|message)|(?:delivery|message|mail) (?:is |has been |was )?(?:delayed|still|temporarily)|delay(?:ed)? (?:mail|in|delivery|notif)|will (?:be|continue to|keep)[^.\n]{0,40}(?:retr|try|attempt)|not yet been (?:able|deliver|sent)|no need to re-?send|you do not need to resend|do not resend|delivery attempts will continue|queued for (?:later|re)|will be retried|still (?:being|trying)|verzögert|wird weiter|sera (?:de nouveau|réessay)|retard|se seguirá intentando|retrasad|in ritardo|atrasad|vertraagd|задерж|延迟|遅れ|遅延/i;

const finalWords =
  /giving up|given up|will (?:be|not be) (?:returned|re-?tried)|permanent(?:ly)? (?:fail|error|fatal)|has been (?:removed|deleted|returned)|could not be delivered for|too long|no further|expired/i;

const deliveredWords =
  /success(?:ful|fully)[^.\n]{0,30}(?:deliver|relay|transmi)|(?:delivered|relayed) successfully|delivery (?:notification )?\(?success|has been (?:successfully )?(?:delivered|relayed) to|your message has been (?:delivered|relayed)|was successfully delivered/i;

/** What marks a message as a notice by a mail server. */
export interface NoticeMark {
  because: string;
  /** Only its words say so: a person may write them too, so a failed recipient must be found. */
  onlyWords: boolean;
}

export function noticeMark(report: Report): NoticeMark | null {
  const sure = (because: string): NoticeMark => ({ because, onlyWords: false });
  if (/report-type="?delivery-status/.test(report.type))
    return sure("its type is a delivery report");
  if (headerValue(report.headers, "x-failed-recipients")) return sure("X-Failed-Recipients");
  const from = daemonFrom.test(`${report.from} ${headerValue(report.headers, "sender")}`);
  const subject = failureSubject.test(report.subject);
  const empty = /^<\s*>/.test(headerValue(report.headers, "return-path"));
  const words = failureWords.test(report.notice.slice(0, 16 * 1024));
  if (from && (subject || words)) return sure("a mail server wrote it");
  if (subject && words && !isAnswer(report))
    return { because: "its subject and words say that mail failed", onlyWords: true };
  if (
    !isAnswer(report) &&
    report.returned.length > 2 &&
    certainWords.test(report.notice.slice(0, 4_000))
  )
    return {
      because: "its words say that mail failed, and the message came back",
      onlyWords: true,
    };
  if (empty && words && (subject || report.returned.length > 2))
    return sure("no return path, and its words");
  return null;
}

/** A person who answers a notice writes "Re:" before its subject, and is no server. */
function isAnswer(report: Report): boolean {
  return (
    /^\s*(?:re|aw|sv|antw|r)\s*:/i.test(report.subject) ||
    (headerValue(report.headers, "in-reply-to") !== "" && !daemonFrom.test(report.from))
  );
}

export function saysDelayed(report: Report): boolean {
  if (delayWords.test(report.subject) && !/fail/i.test(report.subject)) return true;
  const text = `${report.subject}\n${report.notice.slice(0, 4_000)}`;
  return delayWords.test(text) && !finalWords.test(text);
}

export function saysDelivered(report: Report): boolean {
  const text = `${report.subject}\n${report.notice.slice(0, 2_000)}`;
  return deliveredWords.test(text) && !/not be|fail|undeliver/i.test(text);
}
