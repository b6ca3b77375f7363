import { understandReply } from "../replies/understand-reply.ts";
import { fold, longestText } from "../replies/words.ts";
import { freeStopWords, helpWords, startWords, stopAllWords, stopWords } from "./keywords.ts";

export type TextMeaning = "stop" | "stop_all" | "start" | "help" | "free_stop" | "other";

export interface ReceivedText {
  body: string;
  channel: "sms" | "whatsapp";
  /** Who delivered it; Twilio and AWS have words of their own. */
  provider?: string;
  /** ISO 3166 code of the sender's country: it decides between languages. */
  country?: string;
}

export interface TextUnderstanding {
  meaning: TextMeaning;
  /** False: a person decides, and what was to be sent next waits until then. */
  certain: boolean;
  because: string;
}

/** Words that may stand beside a keyword without changing it. */
const courtesy =
  /^(?:please|pls|plz|thanks|thank|you|now|svp|stp|merci|bitte|danke|por|favor|gracias|aub|graag|per|favore|grazie|obrigado|obrigada|hi|hello|ok|sms|texts?|msgs?|it|me|this)$/;

/**
 * What a text message asks for. A message that is a keyword and nothing else
 * counts by the carriers' rule (CTIA Messaging Principles, 47 CFR 64.1200(a)(10)):
 * case, punctuation, quotes, spaces and emoji make no difference. Other
 * wordings are read as replies are. Never throws; time linear in the text.
 */
export function understandText(text: ReceivedText): TextUnderstanding {
  const body = text.body.slice(0, longestText);
  const key = keyOf(body);
  const sure = (meaning: TextMeaning): TextUnderstanding => ({
    meaning,
    certain: true,
    because: body.trim().slice(0, 200),
  });
  if (stopAllWords.has(key)) return sure("stop_all");
  if (stopWords.has(key)) return sure("stop");
  if (freeStopWords.has(key)) return sure("free_stop");
  if (startWords.has(key)) return sure("start");
  if (helpWords.has(key)) return sure("help");
  const bare = key
    .split(" ")
    .filter((word) => !courtesy.test(word))
    .join(" ");
  if (bare !== key && stopAllWords.has(bare)) return sure("stop_all");
  if (bare !== key && stopWords.has(bare)) return sure("stop");
  return freeWording(body, text.country);
}

/** A message without case, accents, punctuation, emoji and doubled spaces: "«¡S.T.O.P!» 🛑" is "stop". */
function keyOf(body: string): string {
  const spelled = fold(body.slice(0, 400))
    .replace(/[^\p{L}\p{N}\s]+/gu, (mark) => (/^[-_/]$/.test(mark) ? " " : ""))
    .replace(/\s+/g, " ")
    .trim();
  // "s t o p", letter by letter.
  return /^(?:\p{L} ){2,}\p{L}$/u.test(spelled) ? spelled.replaceAll(" ", "") : spelled;
}

const wrongNumber =
  /\b(?:wrong (?:number|person)|not (?:my|the right) (?:number|person)|mauvais numero|faux numero|numero (?:equivocado|errado|sbagliato)|falsche nummer|verkeerd(?:e)? nummer)\b/;

const languageOfCountry: Readonly<Record<string, "en" | "fr" | "es" | "de" | "nl" | "it" | "pt">> =
  {
    US: "en",
    GB: "en",
    IE: "en",
    AU: "en",
    NZ: "en",
    FR: "fr",
    ES: "es",
    MX: "es",
    AR: "es",
    CO: "es",
    CL: "es",
    PE: "es",
    DE: "de",
    AT: "de",
    NL: "nl",
    IT: "it",
    PT: "pt",
    BR: "pt",
  };

function freeWording(body: string, country: string | undefined): TextUnderstanding {
  const read = understandReply({
    subject: "",
    text: body,
    language: languageOfCountry[country?.toUpperCase() ?? ""],
    receivedAt: new Date(0),
  });
  const asks = read.meaning === "stop" || read.meaning === "unsubscribe";
  if (asks) return { meaning: "free_stop", certain: read.certain, because: read.because };
  if (wrongNumber.test(fold(body))) {
    // Whoever reads this is not the contact. It asks for nothing in words, so a person decides.
    return { meaning: "free_stop", certain: false, because: body.trim().slice(0, 200) };
  }
  return { meaning: "other", certain: read.certain || read.meaning === "other", because: "" };
}
