import { describe, expect, it } from "vitest";
import {
  type ContentProblem,
  type ContentVariables,
  compileContent,
  problemsOf,
  renderContent,
  sampleVariables,
} from "./index.ts";

const url = "https://heed.example.org/u/abc?x=1&y=2";
const choices = "https://heed.example/p/abc";

function to(contact: Partial<ContentVariables["contact"]> = {}): ContentVariables {
  return {
    ...sampleVariables,
    unsubscribe_url: url,
    preferences_url: choices,
    contact: { ...sampleVariables.contact, ...contact },
  };
}

async function problemsIn(source: {
  subject?: string;
  format?: "text" | "mjml";
  body: string;
}): Promise<readonly ContentProblem[]> {
  try {
    await compileContent({ subject: "Hello", format: "text", ...source });
    return [];
  } catch (error) {
    return problemsOf(error);
  }
}

const mjml = (inside: string) => `<mjml>\n<mj-body>\n${inside}\n</mj-body>\n</mjml>`;
const section = (inside: string) =>
  mjml(`<mj-section><mj-column>${inside}</mj-column></mj-section>`);

describe("a plain text template", () => {
  it("greets each contact by name, and by a stand-in when there is none", async () => {
    const content = await compileContent({
      subject: "Hello {{ contact.first_name }}",
      format: "text",
      body: 'Hi {{ contact.first_name | default: "there" }}, {{ contact.attributes.plan }}. {{ unsubscribe_url }}',
    });
    expect(renderContent(content, to({ attributes: { plan: "gold" } }))).toEqual({
      subject: "Hello Ada",
      html: null,
      text: `Hi Ada, gold. ${url}`,
    });
    expect(renderContent(content, to({ first_name: "" })).text).toBe(`Hi there, . ${url}`);
    expect(renderContent(content, to({ first_name: "" })).subject).toBe("Hello");
  });

  it("treats an empty field as absent in a condition", async () => {
    const content = await compileContent({
      subject: "x",
      format: "text",
      body: "{% if contact.company %}At {{ contact.company }}{% else %}Alone{% endif %} {{ unsubscribe_url }}",
    });
    expect(renderContent(content, to({ company: "" })).text).toBe(`Alone ${url}`);
  });

  it("gets the unsubscribe link and the postal address at its end when its author left them out", async () => {
    const content = await compileContent({ subject: "x", format: "text", body: "Hi" });
    expect(renderContent(content, to()).text).toBe(
      `Hi\n\n-- \n1 Example Street, London\nUnsubscribe: ${url}\nYour choices: ${choices}\n`,
    );
    const nowhere = { ...to(), workspace: { name: "W", postal_address: "" } };
    expect(renderContent(content, nowhere).text).toBe(
      `Hi\n\n-- \nUnsubscribe: ${url}\nYour choices: ${choices}\n`,
    );
  });

  it("gets the link even when a condition hides the author's own", async () => {
    const content = await compileContent({
      subject: "x",
      format: "text",
      body: "Hi {% if contact.company %}{{ unsubscribe_url }}{% endif %}",
    });
    expect(renderContent(content, to({ company: "" })).text).toContain(url);
  });

  it("cannot have a header put into its subject through a contact's name", async () => {
    const content = await compileContent({
      subject: "Hi {{ contact.first_name }}",
      format: "text",
      body: "x",
    });
    const { subject } = renderContent(
      content,
      to({ first_name: "Eve\r\nBcc: all@example.org\u2028\u0000x" }),
    );
    expect(subject).toBe("Hi Eve Bcc: all@example.org x");
  });
});

describe("a template that is wrong", () => {
  it("is told which field is unknown, on which line, and which there are", async () => {
    expect(await problemsIn({ body: "Hi\n{{ contact.frist_name }}" })).toMatchObject([
      {
        code: "template_field_unknown",
        field: "body",
        line: 2,
        message: expect.stringContaining('"contact.frist_name"'),
      },
    ]);
    const [problem] = await problemsIn({ subject: "{{ nobody }}", body: "x" });
    expect(problem).toMatchObject({
      field: "subject",
      message: expect.stringContaining("contact.first_name"),
    });
  });

  it("finds unknown fields inside loops and conditions, and knows the author's own variables", async () => {
    const body =
      '{% assign a = "x" %}{% for i in (1..2) %}{{ a }}{{ i }}{% if contact.nope %}{% endif %}{% endfor %}';
    expect((await problemsIn({ body })).map((p) => p.code)).toEqual(["template_field_unknown"]);
  });

  it.each([
    [
      "endless loops",
      "{% for i in (1..9999) %}{% for j in (1..9999) %}{% for k in (1..9999) %}{{ k }}{% endfor %}{% endfor %}{% endfor %}",
    ],
    ["huge ranges", "{% for i in (1..1000000000) %}x{% endfor %}"],
    [
      "text that doubles without end",
      '{% assign a = "aaaaaaaaaa" %}{% for i in (1..60) %}{% assign a = a | append: a %}{% endfor %}',
    ],
    ["a body without end", "x".repeat(1_000_001)],
  ])("is stopped: %s", async (_what, body) => {
    const started = performance.now();
    expect((await problemsIn({ body })).map((p) => p.code)).toContain("template_limit");
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it.each([
    '{% include "/etc/passwd" %}',
    '{% render "x" %}',
    '{% layout "x" %}',
    "{%- include 'x' -%}",
    "{% liquid\ninclude 'x' %}",
  ])("may not read files: %s", async (body) => {
    expect((await problemsIn({ body })).map((p) => p.code)).toEqual(["template_file_access"]);
  });

  it.each([
    '<mj-include path="/etc/passwd" />',
    '<MJ-Include path="/etc/passwd" type="html"></MJ-Include>',
    "<\nmj-include\npath='x'/>",
    "</mj-include>",
  ])("may not read files by MJML: %s", async (tag) => {
    expect(await problemsIn({ format: "mjml", body: mjml(tag) })).toMatchObject([
      { code: "template_file_access" },
    ]);
  });

  it("is told the line of an MJML mistake, also below Liquid that spans lines", async () => {
    const body = mjml(
      "{% if\n contact.company %}\n{% endif %}\n<mj-section><mj-column>\n<mj-txt>x</mj-txt></mj-column></mj-section>",
    );
    expect(await problemsIn({ format: "mjml", body })).toMatchObject([
      { code: "mjml_invalid", line: 7, message: expect.stringContaining("mj-txt") },
    ]);
  });

  it.each([
    "{{ 'a' | shout }}",
    "{% if contact %}",
    "{{ contact.first_name | raw }}",
    "{% nonsense %}",
  ])("says what Liquid cannot read: %s", async (body) => {
    expect((await problemsIn({ body })).map((p) => p.code)).toEqual(["template_syntax"]);
  });

  it("is told when plain text is called MJML", async () => {
    expect(await problemsIn({ format: "mjml", body: "hello" })).toMatchObject([
      { code: "mjml_invalid" },
    ]);
  });
});

describe("an MJML template", () => {
  it("keeps its Liquid, wherever it stands", async () => {
    const content = await compileContent({
      subject: "x",
      format: "mjml",
      body: mjml(
        '{% if contact.company != "" %}<mj-section><mj-column><mj-text>At {{ contact.company | default: "<none>" }}</mj-text></mj-column></mj-section>{% endif %}' +
          '<mj-section><mj-column><mj-button href="{{ contact.attributes.link | default: "https://a.example" }}" background-color="{{ contact.attributes.color }}">Go</mj-button>' +
          '<mj-text><a href="{{ unsubscribe_url }}">Leave</a></mj-text></mj-column></mj-section>',
      ),
    });
    const full = renderContent(content, to({ company: "ACME" }));
    expect(full.html).toContain("At ACME");
    expect(full.html).toContain('href="https://a.example"');
    expect(full.text).toBe(`At ACME\n\nGo (https://a.example)\nLeave (${url})`);
    const less = renderContent(content, to({ company: "" }));
    expect(less.html).not.toContain("At ");
    expect(less.text).toBe(`Go (https://a.example)\nLeave (${url})`);
    expect(full.html).not.toContain("heedliquid");
  });

  it("shows a contact's own markup as text", async () => {
    const content = await compileContent({
      subject: "x",
      format: "mjml",
      body: section(
        '<mj-text>{{ contact.first_name }} {{ contact.attributes.a | json }}<a href="https://x.example/{{ contact.company }}">c</a></mj-text>',
      ),
    });
    const { html, text } = renderContent(
      content,
      to({
        first_name: "<script>alert(1)</script>",
        company: '"><img src=x>',
        attributes: { a: "<b>" },
      }),
    );
    expect(html).not.toMatch(/<script>alert|<img|<b>/);
    expect(html).toContain("&lt;script&gt;");
    expect(text).toContain("<script>alert(1)</script>");
  });

  it("gets a visible unsubscribe link in both parts when its author left it out, or hid it", async () => {
    for (const hidden of [
      "",
      "<!-- {{ unsubscribe_url }} -->",
      '<a href="{{ unsubscribe_url }}"></a>',
    ]) {
      const content = await compileContent({
        subject: "x",
        format: "mjml",
        body: section(`<mj-text>Hi ${hidden}</mj-text>`),
      });
      const { html, text } = renderContent(content, to());
      expect(html).toContain('<a href="https://heed.example.org/u/abc?x=1&amp;y=2"');
      expect(html).toMatch(
        />Unsubscribe<\/a> &middot; <a [^>]+>Your choices<\/a><\/div>\s*<\/body>/,
      );
      expect(text).toContain(`Unsubscribe: ${url}`);
    }
  });

  it("loads nothing from elsewhere", async () => {
    const content = await compileContent({
      subject: "x",
      format: "mjml",
      body: section("<mj-text>Hi</mj-text>"),
    });
    expect(content.html).not.toMatch(/fonts\.googleapis/);
  });
});
