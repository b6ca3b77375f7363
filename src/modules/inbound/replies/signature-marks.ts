/** Lines that telephones and mail programs add below what was written. */
const device =
  /^(?:sent (?:from|via|with|using) |get outlook |envoye (?:de|depuis|a partir) |gesendet (?:von|mit|uber) |von meinem .{2,40} gesendet|diese nachricht wurde von mein|enviado (?:desde|do|de|a partir|via|pelo) |verstuurd vanaf |verzonden (?:vanaf|met|via) |inviato (?:da|dal|con) |scarica outlook|outlook fur |obtener outlook|telechargez? outlook|download outlook|yahoo mail )/;
const deviceInline =
  /(?:sent from (?:my|yahoo|outlook|samsung|mail for)|envoye de mon|von meinem \S+ gesendet|enviado desde mi|enviado do meu|verstuurd vanaf mijn|inviato da(?:l mio)? \S+)/;

/** Closing words; what follows is a name and how to reach it. */
const closing =
  /^(?:(?:with )?(?:best|kind|warm|warmest|kindest|many)?\s?(?:regards|wishes)|best|sincerely(?: yours)?|yours (?:sincerely|faithfully|truly)|cheers|respectfully|cordialement|bien (?:a vous|cordialement)|sinceres salutations|salutations(?: distinguees)?|(?:mit )?(?:freundlichen?|besten?|vielen|herzlichen?|schonen?|liebe) gru(?:ß|ss|s)e?n?|mfg|vg|lg|(?:un )?(?:cordial |atento )?saludos?(?: cordiales)?|atentamente|(?:met )?(?:vriendelijke|hartelijke) groet(?:en)?|groet(?:en|jes)?|mvg|(?:cordiali|distinti) saluti|cordialmente|saluti|atenciosamente|cumprimentos|(?:com os )?(?:melhores )?cumprimentos|abracos?)\s*[,.!]*$/;

/** Where a company's disclaimer begins. */
const disclaimer =
  /^[*\s]*(?:this (?:e-?mail|message|communication)(?: and any| is| may| contains|,? including)|the (?:information|contents?) (?:contained )?(?:in|of) this|confidentiality notice|disclaimer|ce (?:message|courriel)(?: et| est| peut|,)|diese (?:e-?mail|nachricht) (?:enthalt|ist|kann)|este (?:mensaje|correo|e-?mail|mensagem)(?: y| e| es| puede| contiene|,)|esta mensagem|dit (?:bericht|e-?mailbericht)|deze e-?mail|questo messaggio|il presente messaggio|le informazioni contenute|caution: this|external email)/;

/** A line of our own footer, or of another's newsletter: it offers a way out and asks for none. */
const footer =
  /(?:unsubscribe|opt[ -]?out|desinscri|desabonn|se desinscrire|abmelden|abbestell|austragen|darse de baja|dar(?:te|me)? de baja|cancelar (?:la|su|tu|a) (?:suscripcion|subscricao|inscricao)|afmelden|uitschrijven|disiscri|cancellar(?:ti|si)|annulla(?:re)? l'iscrizione|descadastr|manage (?:your )?preferences|update (?:your )?preferences)/;
const offers =
  /(?:https?:|www\.|click|here\b|link|below|\bif you\b|\bto (?:unsubscribe|opt)|you(?: are|'re) receiv|cliquez|\bici\b|lien|\bsi vous\b|pour vous|vous recevez|klick|\bhier\b|falls sie|wenn sie|um sich|sie erhalten|haga clic|pulse|\baqui\b|enlace|si (?:no|ya no|desea)|para (?:darse|cancelar|dejar)|recibe este|klik|als u|om (?:u|je|uit|af)|u ontvangt|je ontvangt|clicca|\bqui\b|se non|per (?:non|annullare|disiscriver|cancellar)|ricevi questa|clique|se (?:nao|deseja)|recebe esta|\||•|·)/;
const ownVoice =
  /\b(?:i|i'm|i've|me|my|us|please remove|je|j'ai|moi|mich|mir|ich|uns|yo|mi|quiero|mij|ik|io|mio|voglio|eu|meu|quero|nao consigo|how|comment|wie|como|hoe|come)\b|n't|\bnot\b/;

export type LineKind = "device" | "closing" | "disclaimer" | "footer" | "words";

/** What a folded line is, when it stands outside quoted mail. */
export function kindOfLine(folded: string): LineKind {
  const line = folded.trim().slice(0, 500);
  if (device.test(line)) return "device";
  if (line.length <= 60 && closing.test(line)) return "closing";
  if (disclaimer.test(line)) return "disclaimer";
  if (footer.test(line) && offers.test(line) && !ownVoice.test(line)) return "footer";
  return "words";
}

/** Where in a line a telephone's own words begin; -1 when nowhere. */
export function inlineDeviceAt(folded: string): number {
  return folded.search(deviceInline);
}
