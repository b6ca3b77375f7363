/** Said under every email whose author did not place the link: it must be visible (RFC 8058 is no substitute). */
// Without conditions, so that a simple template stays one that is filled in without Liquid.
const text =
  "\n\n-- \n{{ workspace.postal_address }}\nUnsubscribe: {{ unsubscribe_url }}\nYour choices: {{ preferences_url }}\n";

const html =
  '<div style="margin:24px auto;max-width:600px;padding:0 16px;font-family:Arial,sans-serif;font-size:12px;line-height:1.5;color:#595959;text-align:center;">' +
  "<div>{{ workspace.postal_address }}</div>" +
  '<a href="{{ unsubscribe_url }}" style="color:#595959;text-decoration:underline;">Unsubscribe</a> &middot; ' +
  '<a href="{{ preferences_url }}" style="color:#595959;text-decoration:underline;">Your choices</a></div>';

export function withTextFooter(body: string): string {
  return body.trimEnd() + text;
}

export function withHtmlFooter(body: string): string {
  const at = body.search(/<\/body\s*>/i);
  return at === -1 ? body + html : body.slice(0, at) + html + body.slice(at);
}

/** The same for one rendered message, when a condition hid the author's own link from this recipient. */
export function renderedTextFooter(unsubscribeUrl: string): string {
  return `\n\n-- \nUnsubscribe: ${unsubscribeUrl}\n`;
}

export function addRenderedHtmlFooter(body: string, escapedUrl: string): string {
  const footer = `<p style="font-size:12px;text-align:center;"><a href="${escapedUrl}">Unsubscribe</a></p>`;
  const at = body.search(/<\/body\s*>/i);
  return at === -1 ? body + footer : body.slice(0, at) + footer + body.slice(at);
}
