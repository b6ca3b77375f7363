/**
 * The policy under which a kept message is shown in a frame of our own origin:
 * no script, form, frame or fetch, nothing loaded from anywhere, an opaque
 * origin. Links open in new tabs, outside the sandbox.
 */
export const mailPolicy = [
  "default-src 'none'",
  "img-src data:",
  "style-src 'unsafe-inline'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
  "sandbox allow-popups allow-popups-to-escape-sandbox",
].join("; ");

const newTabs = '<base target="_blank">';

/** A kept message as a page: its HTML, else its text. */
export function mailPage(mail: { html: string | null; text: string | null }): string {
  if (mail.html !== null) return withNewTabs(mail.html);
  return `<!doctype html><html><head><meta charset="utf-8">${newTabs}</head><body><pre style="white-space:pre-wrap">${escapeHtml(mail.text ?? "")}</pre></body></html>`;
}

/** The first <base> counts, so ours goes before the mail's own; after a doctype, which must stay first. */
function withNewTabs(html: string): string {
  const place = /<head(?:\s[^>]*)?>/i.exec(html) ?? /^\s*<!doctype[^>]*>/i.exec(html);
  const at = place ? place.index + place[0].length : 0;
  return html.slice(0, at) + newTabs + html.slice(at);
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
