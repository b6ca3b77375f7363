import type { Channel } from "../../contacts/index.ts";
import type { TopicChoice } from "../consents/queries.ts";
import { type Html, html, joined } from "../unsubscribe/pages/html.ts";
import type { Language } from "../unsubscribe/pages/language.ts";
import { layout } from "../unsubscribe/pages/layout.ts";
import { words } from "../unsubscribe/pages/words.ts";
import { preferenceWords } from "./words.ts";

export interface PreferencesPage {
  language: Language;
  /** Who sends: the workspace's name. */
  from: string;
  channel: Channel;
  token: string;
  choices: readonly TopicChoice[];
  /** The whole channel is stopped. */
  allStopped: boolean;
  /** The workspace sends only to those who opted in. */
  consentRequired: boolean;
  /** What a press just did; null for somebody who only looks. */
  saved: { underWay: boolean } | null;
}

/** Every topic with its state and one button each. Shows nothing else about the person. */
export function preferencesPage(page: PreferencesPage): string {
  const say = preferenceWords[page.language];
  const channel = words[page.language].channel[page.channel];
  return layout({
    language: page.language,
    title: say.title,
    body: html`${page.saved ? html`<p role="status">${say.saved}${page.saved.underWay ? ` ${say.underWay}` : ""}</p>` : null}
${
  page.allStopped
    ? html`<p>${say.allStopped(channel, page.from)}</p>
${press(page.token, "resume", null, say.resume(channel), false)}`
    : html`<p>${say.intro(channel, page.from)}</p>
${page.choices.length === 0 ? html`<p class="soft">${say.noTopics}</p>` : joined(page.choices.map((choice) => topicOf(page, choice)))}
${press(page.token, "stop_all", null, say.stopAll(channel), false)}`
}
<p class="soft">${words[page.language].nothingYet}</p>`,
  });
}

function topicOf(page: PreferencesPage, choice: TopicChoice): Html {
  const say = preferenceWords[page.language];
  const gets =
    choice.state === "opted_in" ||
    choice.state === "implied" ||
    (choice.state !== "opted_out" && !page.consentRequired);
  const state = gets ? say.wanted : choice.state === "opted_out" ? say.refused : say.notAsked;
  const label = gets ? say.leave(choice.name) : say.join(choice.name);
  return html`<h2>${choice.name}</h2>
<p class="soft">${choice.description ? `${choice.description} ` : ""}${state}</p>
${press(page.token, gets ? "leave" : "join", choice.topic_id, label, true)}`;
}

function press(
  token: string,
  act: "leave" | "join" | "stop_all" | "resume",
  topicId: string | null,
  label: string,
  second: boolean,
): Html {
  return html`<form method="post" action="/p/${token}">
<input type="hidden" name="do" value="${act}">
${topicId ? html`<input type="hidden" name="topic" value="${topicId}">` : null}
<button${second ? html` class="second"` : null}>${label}</button>
</form>`;
}
