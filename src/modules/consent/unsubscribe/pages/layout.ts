import { Html, html } from "./html.ts";
import type { Language } from "./language.ts";

// Colours keep a contrast of at least 7:1 in both schemes.
const style = new Html(`<style>
:root{color-scheme:light dark;--page:#f4f5f7;--card:#fff;--text:#1b1f24;--soft:#4a5058;--line:#d5d9de;--press:#1d4f91;--on-press:#fff}
@media (prefers-color-scheme:dark){:root{--page:#14171a;--card:#1e2226;--text:#f1f3f5;--soft:#c3c9d0;--line:#3a4047;--press:#a9cbf5;--on-press:#10233d}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;background:var(--page);color:var(--text);font:1.0625rem/1.55 system-ui,sans-serif;display:grid;place-items:center}
main{width:min(34rem,100% - 2rem);margin:1.5rem 0;padding:1.75rem;background:var(--card);border:1px solid var(--line);border-radius:.75rem;overflow-wrap:anywhere}
h1{margin:0 0 .75rem;font-size:1.5rem;line-height:1.25}
h2{margin:1.25rem 0 .25rem;font-size:1.125rem}
p{margin:0 0 1rem}
label{display:block;margin:0 0 1rem}
input:not([type=hidden]):not([type=checkbox]){display:block;width:100%;min-height:2.75rem;margin-top:.25rem;padding:.5rem .75rem;font:inherit;color:var(--text);background:var(--page);border:1px solid var(--soft);border-radius:.5rem}
.aside{position:absolute;left:-100vw;width:1px;height:1px;overflow:hidden}
p:last-child{margin:0}
.soft{color:var(--soft)}
form{margin:0 0 .75rem}
button{width:100%;min-height:3rem;padding:.6rem 1rem;font:inherit;font-weight:600;border-radius:.5rem;border:2px solid var(--press);background:var(--press);color:var(--on-press);cursor:pointer;overflow-wrap:anywhere}
button.second{background:transparent;color:var(--press)}
button:focus-visible,input:focus-visible{outline:3px solid var(--text);outline-offset:3px}
</style>`);

/** A whole page: no script, nothing loaded from anywhere. */
export function layout(page: { language: Language; title: string; body: Html }): string {
  return html`<!doctype html>
<html lang="${page.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<title>${page.title}</title>
${style}
</head>
<body>
<main>
<h1>${page.title}</h1>
${page.body}
</main>
</body>
</html>
`.markup;
}
