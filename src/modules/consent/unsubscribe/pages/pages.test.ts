import { describe, expect, it } from "vitest";
import { escapeHtml, html } from "./html.ts";
import { languageOf, languages } from "./language.ts";
import { layout } from "./layout.ts";
import { askPage, badLinkPage, donePage, undoPage } from "./unsubscribe-pages.ts";
import { words } from "./words.ts";

describe("the language of a page", () => {
  it("is the best of ours that the reader asks for", () => {
    expect(languageOf(undefined)).toBe("en");
    expect(languageOf("")).toBe("en");
    expect(languageOf("nl-BE,nl;q=0.9,en;q=0.8")).toBe("nl");
    expect(languageOf("ja,de-AT;q=0.5,fr;q=0.9")).toBe("fr");
    expect(languageOf("es;q=0,de;q=0.1")).toBe("de");
    expect(languageOf("ja, *;q=0.1")).toBe("en");
    expect(languageOf("DE")).toBe("de");
    expect(languageOf(`${"x,".repeat(5000)}de`)).toBe("en");
  });
});

describe("a page", () => {
  const asked = { from: `<b>"Ada" & Co's</b>`, channel: "email" as const, token: "TOKEN" };
  const topic = { id: "t", name: "<script>x</script>" };

  it.each(languages)("in %s says so, and escapes what others wrote", (language) => {
    const pages = [
      askPage({ ...asked, language, topic }),
      donePage({ ...asked, language, topic, underWay: true, undo: "UNDO" }),
      donePage({ ...asked, language, topic: null, underWay: false, undo: null }),
      undoPage({ language, undone: true }),
      undoPage({ language, undone: false }),
      badLinkPage({ language }),
    ];
    for (const page of pages) {
      expect(page).toContain(`<html lang="${language}">`);
      expect(page).not.toContain("<script");
      expect(page).not.toContain("<b>");
      expect(page).not.toMatch(/(?:src|href)=|undefined|\[object/);
      expect(page.match(/<h1>/g)).toHaveLength(1);
    }
    expect(pages[0]).toContain("&lt;b&gt;&quot;Ada&quot; &amp; Co&#39;s&lt;/b&gt;");
    expect(pages[0]).toContain(words[language].stopAll(words[language].channel.email));
  });

  it("escapes values and keeps markup", () => {
    expect(html`<i>${"<"}${html`<b>${"&"}</b>`}${null}</i>`.markup).toBe("<i>&lt;<b>&amp;</b></i>");
    expect(escapeHtml(`<>&"'`)).toBe("&lt;&gt;&amp;&quot;&#39;");
  });

  it("has a contrast of 7:1 in light and dark", () => {
    const page = layout({ language: "en", title: "t", body: html`` });
    const schemes = [
      ...page.matchAll(
        /--page:(#\w+);--card:(#\w+);--text:(#\w+);--soft:(#\w+);--line:#\w+;--press:(#\w+);--on-press:(#\w+)/g,
      ),
    ];
    expect(schemes).toHaveLength(2);
    for (const [, , card, text, soft, press, onPress] of schemes) {
      for (const [a, b] of [
        [text, card],
        [soft, card],
        [press, card],
        [onPress, press],
      ]) {
        expect(contrast(String(a), String(b))).toBeGreaterThanOrEqual(7);
      }
    }
  });
});

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(a: string, b: string): number {
  const luminance = (colour: string) => {
    const hex = colour.length === 4 ? colour.replace(/\w/g, "$&$&") : colour;
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}
