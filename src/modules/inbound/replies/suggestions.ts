import type { Suggestion } from "./meaning.ts";

const email = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4}/gu;
const phone = /(?<![\p{L}\p{N}.@])\+?\(?\d[\d\s()./-]{6,18}\d(?![\p{L}\p{N}@])/gu;
const person =
  /\p{Lu}[\p{Ll}'’-]+(?: (?:de|da|do|dos|del|della|di|van|von|der|den|la|le|el)){0,2}(?: \p{Lu}[\p{L}'’.-]*){1,2}/gu;
/** Capital words that begin a sentence or name a post, and are no name. */
const noName =
  /^(?:please|contact|contactez|kontakt|wenden|bitte|ask|email|write|reach|talk|call|try|you|she|he|the|our|your|mr|mrs|ms|herr|frau|merci|veuillez|por|favor|contacte|hable|fale|contatti|rivolga|scriva|neem|thanks|thank|hi|hello|dear|best|kind|regards|i|a|an|to|it|we|unfortunately)\b/i;

/** The people whom a reply names, at most five: each address with the name before it. */
export function suggestionsIn(said: string): Suggestion[] {
  const text = said.slice(0, 4_000);
  const found: Suggestion[] = [];
  let from = 0;
  for (const match of text.matchAll(email)) {
    const name = lastName(text.slice(Math.max(from, match.index - 80), match.index));
    found.push({
      ...(name === undefined ? {} : { name }),
      email: match[0].replace(/\.$/, "").toLowerCase(),
    });
    from = match.index + match[0].length;
    if (found.length === 5) break;
  }
  if (found.length === 0) {
    const name = lastName(text);
    if (name !== undefined) found.push({ name });
  }
  const number = [...text.matchAll(phone)].map((match) => match[0].trim()).find(isPhone);
  const first = found[0];
  if (number !== undefined && first) found[0] = { ...first, phone: number };
  else if (number !== undefined) found.push({ phone: number });
  return found;
}

/** Dates and times have digits and dots as well; a number has eight digits or more and no date's form. */
function isPhone(text: string): boolean {
  const digits = text.replace(/\D/g, "").length;
  return digits >= 8 && digits <= 15 && !/^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}/.test(text);
}

function lastName(text: string): string | undefined {
  const names = [...text.matchAll(person)].map((match) => {
    const words = match[0].split(" ");
    while (words.length > 0 && noName.test(words[0] ?? "")) words.shift();
    return words.join(" ").replace(/[.’'-]+$/, "");
  });
  return names.filter((name) => name.includes(" ")).at(-1);
}
