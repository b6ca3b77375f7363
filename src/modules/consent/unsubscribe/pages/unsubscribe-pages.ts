import type { Channel } from "../../../contacts/index.ts";
import { html } from "./html.ts";
import type { Language } from "./language.ts";
import { layout } from "./layout.ts";
import { words } from "./words.ts";

interface Named {
  id: string;
  name: string;
}

interface Asked {
  language: Language;
  /** Who sends: the workspace's name. */
  from: string;
  channel: Channel;
  token: string;
}

/** Asks for the one press. Shows nothing about the person. */
export function askPage(page: Asked & { topic: Named | null }): string {
  const say = words[page.language];
  const channel = say.channel[page.channel];
  return layout({
    language: page.language,
    title: say.askTitle,
    body: html`<p>${say.ask(channel, page.from)}</p>
${stopForm(page.token, say.stopAll(channel), null)}
${page.topic ? stopForm(page.token, say.stopTopic(page.topic.name), page.topic) : null}
<p class="soft">${say.nothingYet}</p>`,
  });
}

/** Says what was stopped, and offers to take a press on this page back. */
export function donePage(
  page: Asked & { topic: Named | null; underWay: boolean; undo: string | null },
): string {
  const say = words[page.language];
  const channel = say.channel[page.channel];
  return layout({
    language: page.language,
    title: say.doneTitle,
    body: html`<p role="status">${
      page.topic
        ? say.doneTopic(page.topic.name, channel, page.from)
        : say.doneAll(channel, page.from)
    }</p>
${page.underWay ? html`<p>${say.underWay}</p>` : null}
${page.topic ? stopForm(page.token, say.stopAll(channel), null) : null}
${
  page.undo
    ? html`<p class="soft">${say.mistake}</p>
<form method="post" action="/u/${page.token}/undo">
<input type="hidden" name="undo" value="${page.undo}">
<button class="second">${say.undo}</button>
</form>`
    : null
}`,
  });
}

/** Says that a press was taken back, or that it could not be. */
export function undoPage(page: { language: Language; undone: boolean }): string {
  const say = words[page.language];
  return layout({
    language: page.language,
    title: page.undone ? say.undoneTitle : say.notUndoneTitle,
    body: html`<p role="status">${page.undone ? say.undone : say.notUndone}</p>`,
  });
}

/** For a link that is not one of ours: what to do instead. */
export function badLinkPage(page: { language: Language }): string {
  const say = words[page.language];
  return layout({ language: page.language, title: say.badTitle, body: html`<p>${say.bad}</p>` });
}

function stopForm(token: string, label: string, topic: Named | null) {
  return html`<form method="post" action="/u/${token}">
<input type="hidden" name="by" value="page">
${topic ? html`<input type="hidden" name="topic" value="${topic.id}">` : null}
<button${topic ? html` class="second"` : null}>${label}</button>
</form>`;
}
