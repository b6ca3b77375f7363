import { type Html, html, joined, type Language, layout } from "../consent/index.ts";
import type { Form, FormKind } from "./form.ts";
import { formWords } from "./words.ts";

export interface FormPage {
  language: Language;
  /** Who asks: the workspace's name. */
  from: string;
  form: Form;
  topicName: string | null;
}

/** What a person agrees to by sending the form, as they read it. */
export function wordingOf(page: FormPage): string {
  const { form, from } = page;
  const say = formWords[page.language];
  if (form.wording !== "") return form.wording;
  if (form.kind === "stop") return say.stopIntro(from);
  return form.kind === "update"
    ? say.updateIntro(from)
    : say.agree(page.topicName ?? form.name, from);
}

/** The form itself, as a page of ours or for a frame. */
export function formPage(page: FormPage & { problem: string | null }): string {
  return layout({
    language: page.language,
    title: page.form.name,
    body: html`${page.problem ? html`<p role="alert">${page.problem}</p>` : null}
<p>${wordingOf(page)}</p>
${formMarkup(page, `/f/${page.form.id}`)}`,
  });
}

/** The form's own markup, to be pasted into another website: no script, no style. */
export function formMarkup(page: FormPage, action: string): Html {
  const say = formWords[page.language];
  const inputs = page.form.fields.map(
    (field) =>
      html`<label>${say.fields[field]} <input name="${field}" maxlength="200" autocomplete="${autocomplete[field]}"></label>`,
  );
  return html`<form method="post" action="${action}" accept-charset="utf-8">
<input type="hidden" name="lang" value="${page.language}">
<label>${say.email} <input type="email" name="email" required maxlength="320" autocomplete="email"></label>
${joined(inputs)}
<div class="aside" style="position:absolute;left:-9999px" aria-hidden="true"><label>${say.leaveEmpty} <input name="website" tabindex="-1" autocomplete="off"></label></div>
<button>${say.send[page.form.kind]}</button>
</form>`;
}

const autocomplete = {
  first_name: "given-name",
  last_name: "family-name",
  company: "organization",
} as const;

/** A heading and a sentence: what was done, or why nothing was. */
export function saidPage(page: { language: Language; title: string; text: string }): string {
  return layout({
    language: page.language,
    title: page.title,
    body: html`<p role="status">${page.text}</p>`,
  });
}

/** The page that a confirmation mail leads to: one button, and looking changes nothing. */
export function confirmPage(page: {
  language: Language;
  from: string;
  kind: FormKind;
  wording: string;
  token: string;
}): string {
  const say = formWords[page.language];
  return layout({
    language: page.language,
    title: say.askTitle[page.kind],
    body: html`<p>${say.ask(page.from)[page.kind]}</p>
<p class="soft">${page.wording}</p>
<form method="post" action="/f/confirm/${page.token}"><button>${say.confirm}</button></form>
<p class="soft">${say.nothingYet}</p>`,
  });
}
