import type { FoundRequest } from "./find-request.ts";
import type { Sentence } from "./words.ts";

/**
 * The plainest requests in languages that are not read otherwise: verbs of
 * stopping beside "write", "send" or "me", and words for unsubscribing.
 */
const requests: readonly (readonly [string, RegExp])[] = [
  [
    "Hebrew",
    /(?:תפסיקו?|הפסיקו|די) (?:כבר )?(?:לשלוח|להציק|לכתוב|להתקשר|לסמס)|אל תשלחו?|(?:תסירו?|הסירו|הסר|תורידו?) (?:אותי|אותנו)|^\s*(?:הסר|הסרה|עצור|תפסיקו?)\s*$/u,
  ],
  [
    "Arabic",
    /(?:توقف|توقفوا|كفوا) عن|لا ترسل|لا تراسل|(?:الغاء|إلغاء) (?:ال)?اشتراك|احذف(?:ني|وني)|^\s*(?:توقف|إيقاف|ايقاف)\s*$/u,
  ],
  [
    "Russian",
    /отпи(?:шите|сать|ска)|(?:прекратите|перестаньте|хватит) (?:мне |нам )?(?:писать|слать|присылать|звонить|отправлять)|не (?:пишите|присылайте|шлите|звоните)|(?:удалите|исключите|уберите) (?:меня|нас|мо)|^\s*стоп\s*$/u,
  ],
  [
    "Ukrainian",
    /відпи(?:шіть|сати)|(?:припиніть|перестаньте|досить) (?:мені |нам )?(?:писати|слати|надсилати|дзвонити)|не (?:пишіть|надсилайте|телефонуйте)|видаліть мене/u,
  ],
  [
    "Polish",
    /(?:prosze |chce )(?:mnie |sie )?(?:wypisac|usunac|wypisanie|usuniecie)|wypisz(?:cie)?|(?:prosze )?nie (?:pisz|wysylaj|dzwon|kontaktuj)\S*|przestan\S* (?:mi |do mnie )?(?:pisac|wysylac)|rezygnuj\S* z (?:newslettera|subskrypcji)/u,
  ],
  [
    "Czech",
    /odhlas(?:te|it)|(?:nepiste|neposilejte|nekontaktujte)|prestante (?:mi )?(?:psat|posilat)|odstrante me/u,
  ],
  [
    "Swedish",
    /avregistrera|avprenumerera|sluta (?:att )?(?:maila|mejla|skicka|skriva|kontakta)|ta bort mig|kontakta mig inte|inga fler (?:mail|mejl)/u,
  ],
  [
    "Danish",
    /\bafmeld\b|stop med at (?:skrive|sende|kontakte)|fjern mig|kontakt mig ikke|ikke (?:flere|skriv)/u,
  ],
  ["Norwegian", /\bavmeld\b|slutt a (?:sende|skrive|kontakte)|meld meg av|ikke kontakt meg/u],
  [
    "Finnish",
    /peruuta(?:kaa)? tilaus|poista(?:kaa)? (?:minut|osoitteeni)|lopeta(?:kaa)? (?:viestien|sahkopostien|lahettaminen)|alkaa (?:lahettako|ottako)/u,
  ],
  [
    "Turkish",
    /(?:abonelikten|listeden) (?:cik|ayril)\S*|(?:bana|bize) (?:mail|mesaj|e-posta) (?:atma|gonderme|yollama)\S*|listenizden (?:cikar|sil)\S*/u,
  ],
  ["Greek", /διαγραφη|διαγραψτε|σταματηστε να|μη(?:ν)? μου (?:ξανα)?(?:στελνετε|γραφετε)/u],
  ["Hungarian", /leiratkoz|iratkoztasson le|ne (?:irjon|kuldjon|keressen)\S* (?:tobbet|tobb)/u],
  ["Romanian", /dezabon|nu (?:imi|ma|ne) mai (?:trimite|scrie|contacta|suna)\S*|sterge(?:ti)?-ma/u],
  [
    "Japanese",
    /配信(?:を)?(?:停止|中止|解除)|送らないで|送信(?:を)?(?:停止|やめて)|登録(?:を)?解除|連絡しないで/u,
  ],
  [
    "Chinese",
    /退[订訂]|取消[订訂][阅閱]|(?:别|不要|請勿|请勿|停止)再?(?:给我|給我|向我)?(?:发|發|联系|聯繫|打扰|打擾)/u,
  ],
  ["Korean", /수신\s?거부|구독\s?(?:취소|해지)|(?:보내지|연락하지) 마/u],
];

/** A plain request in a language without rules of its own. */
export function requestInOtherLanguage(sentence: Sentence): FoundRequest | undefined {
  const words = sentence.words.trim();
  const folded = sentence.written.normalize("NFC").toLowerCase();
  for (const [language, request] of requests) {
    if (request.test(folded) || request.test(words)) {
      return {
        as: "stop",
        certain: true,
        erase: false,
        reports: false,
        rule: `${language}: plain request`,
        because: sentence.written.slice(0, 200),
      };
    }
  }
  return undefined;
}
