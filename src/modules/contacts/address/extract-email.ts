/**
 * The address inside what files hold in an email column: `mailto:a@b.org?subject=x`,
 * `Ann <a@b.org>`, `'a@b.org'`. For imports only; everything else asks `parseEmail` directly.
 * What holds no one clear address comes back as it was, for `parseEmail` to refuse with a reason.
 */
export function extractEmail(input: string): string {
  if (/^[\w.+-]+@[\w.-]+$/.test(input)) return input;
  let text = input.trim();
  const bracketed = /^[^<>]*<([^<>]*)>$/.exec(text);
  if (bracketed) text = (bracketed[1] ?? "").trim();
  if (/^mailto:/i.test(text)) text = decoded(text.slice(7).replace(/\?.*$/s, ""));
  // An apostrophe in front is how spreadsheets and our own rejected rows keep text from being a formula.
  text = text.replace(/^(['"`])(.*)\1$/s, "$2").replace(/^'/, "");
  return text.replace(/[;,]\s*$/, "");
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
