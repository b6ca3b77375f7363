/**
 * Where mail programs begin quoted mail, in the seven languages. The words are
 * those of Outlook, Exchange, Gmail, Apple Mail, Thunderbird, Yahoo and of
 * telephones.
 */
const attributions = [
  /^on\b.{6,300}\bwrote\s*:?$/,
  /^(?:le|a|am)\b.{6,300}\ba ecrit\s*:?$/,
  /^am\b.{4,300}\bschrieb\b.{0,200}:?$/,
  /^el\b.{6,300}\bescribio\s*:?$/,
  /^op\b.{6,300}\b(?:schreef|het volgende geschreven)\b.{0,200}:?$/,
  /^il\b.{6,300}\bha scritto\s*:?$/,
  /^(?:em|a|no dia|on)\b.{6,300}\bescreveu\s*:?$/,
  /^.{0,120}<[^<>\s]{3,100}@[^<>\s]{3,100}>.{0,20}\b(?:wrote|a ecrit|schrieb|escribio|schreef|ha scritto|escreveu)\s*:?$/,
  /^\d{4}-\d\d-\d\d \d{1,2}:\d\d (?:gmt|utc)?.{0,120}<[^<>\s]+@[^<>\s]+>\s*:$/,
  /^(?:begin forwarded message|debut du message (?:reexpedie|transfere)|anfang der weitergeleiteten (?:nachricht|e-mail)|inicio del mensaje reenviado|begin doorgestuurd bericht|inizio messaggio inoltrato|inicio da mensagem reencaminhada)\s*:?$/,
];

const divider =
  /^[-_*=\s]{0,40}(?:original (?:message|appointment)|forwarded message|message (?:d'origine|original|transfere)|ursprungliche nachricht|originalnachricht|weitergeleitete nachricht|mensaje (?:original|reenviado)|oorspronkelijk bericht|doorgestuurd bericht|messaggio (?:originale|inoltrato)|mensagem (?:original|encaminhada|reencaminhada))[-_*=\s]{0,40}$/;

const sender =
  /^[*\s]{0,3}(?:from|de|von|van|da|expediteur|remitente|afzender|mittente|remetente)\s*:[*\s]*\S/;
const otherHeader =
  /^[*\s]{0,3}(?:sent|date|to|cc|subject|envoye(?: le)?|a|objet|gesendet|datum|an|betreff|enviado(?: el| em)?|fecha|para|asunto|verzonden|aan|onderwerp|inviato|data|oggetto|assunto)\s*:[*\s]*\S?/;

/** Quoted mail that a program wrote into one line with the answer. */
const inline = [
  /\bon (?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2}|\d{1,2}\.? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}),? (?:\d{4},? )?(?:at )?\d{1,2}[:.]\d\d/,
  /(?:-{2,} ?)?\boriginal message\b(?: ?-{2,})?[\s:]{0,9}from\s?:/,
  /\bfrom: .{3,120} (?:sent|date): .{3,80} (?:to|subject): /,
  /\ble (?:(?:lun|mar|mer|jeu|ven|sam|dim)[a-z]{0,5}\.?,? )?\d{1,2} [a-z]{3,9}\.? \d{4}.{0,160} a ecrit ?:/,
  /\bam (?:[a-z]{2,10}\.?,? )?(?:den )?\d{1,2}\. ?(?:[a-z]{3,9}\.?|\d{1,2}\.) ?\d{2,4}.{0,160} schrieb\b/,
  /\bel (?:[a-z]{3,9}\.?,? )?\d{1,2} (?:de )?[a-z]{3,10}\.? (?:de )?\d{4}.{0,160} escribio ?:/,
  /\bop (?:[a-z]{2,9}\.?,? )?\d{1,2} [a-z]{3,9}\.? \d{4}.{0,160} schreef\b/,
  /\bil (?:giorno )?(?:[a-z]{3,9}\.?,? )?\d{1,2} [a-z]{3,9}\.? \d{4}.{0,160} ha scritto ?:/,
  /\bem (?:[a-z-]{3,13}\.?,? )?\d{1,2} (?:de )?[a-z]{3,9}\.? (?:de )?\d{4}.{0,160} escreveu ?:/,
];

/** Lower case without accents, each letter still in its place. */
export function foldInPlace(text: string): string {
  return text
    .replace(/[^\0-\x7f]/g, (letter) => {
      const plain = letter.normalize("NFD").charAt(0);
      return letter === "’" ? "'" : letter === "\u00a0" ? " " : plain;
    })
    .toLowerCase();
}

/** How many lines from `at` introduce quoted mail: 0 when none. `lines` are folded. */
export function quoteIntroductionAt(lines: readonly string[], at: number): number {
  const line = (lines[at] ?? "").trim().slice(0, 400);
  if (line === "") return 0;
  if (divider.test(line)) return 1;
  // Outlook draws a line above the header of what it quotes.
  if (/^_{8,60}$/.test(line)) {
    const next = lines.slice(at + 1, at + 3).findIndex((one) => sender.test(one));
    return next === -1 ? 0 : 1;
  }
  if (sender.test(line)) {
    const next = lines.slice(at + 1, at + 5).filter((one) => otherHeader.test(one)).length;
    if (next >= 2) return 1;
  }
  let joined = line;
  for (let more = 1; more <= 3; more += 1) {
    if (attributions.some((one) => one.test(joined))) return more;
    const following = (lines[at + more] ?? "").trim();
    if (following === "" || joined.length + following.length > 400) return 0;
    joined = `${joined} ${following}`;
  }
  return 0;
}

/** Where in a line quoted mail begins that was put behind the answer; -1 when nowhere. */
export function inlineQuoteAt(folded: string): number {
  let first = -1;
  for (const one of inline) {
    const at = folded.search(one);
    if (at !== -1 && (first === -1 || at < first)) first = at;
  }
  return first;
}
