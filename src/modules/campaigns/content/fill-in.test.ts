import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { engines } from "./engine.ts";
import { fillIn } from "./fill-in.ts";
import { type ContentVariables, compileContent, renderContent, sampleVariables } from "./index.ts";

function to(contact: Partial<ContentVariables["contact"]> = {}): ContentVariables {
  return { ...sampleVariables, contact: { ...sampleVariables.contact, ...contact } };
}

const section = (inside: string) =>
  `<mjml><mj-body><mj-section><mj-column>${inside}</mj-column></mj-section></mj-body></mjml>`;

describe("filling in without Liquid", () => {
  const value = fc.oneof(
    fc.string(),
    fc.constantFrom("", "<b>&\"'", "{{ contact.email }}", "$&", "$1"),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.string()),
  );
  const pieces = fc.array(
    fc.constantFrom(
      "{{ contact.first_name }}",
      "{{contact.attributes.plan}}",
      "{{ contact.attributes.constructor }}",
      '{{ contact.company | default: "your <company>" }}',
      "{{ contact.attributes.plan | default: 'none' }}",
      "{{ contact.attributes.size }}",
      "{{ contact.first_name.size }}",
      "{{- contact.last_name -}}",
      "{{ contact.last_name | upcase }}",
      "{{ today }}",
      "{{ unsubscribe_url }}",
      "{{ contact.attributes }}",
      "<p>Hello & welcome</p>\n",
      "{ } $& \\n ",
      "{% if contact.company %}at work{% endif %}",
    ),
  );

  it("writes what Liquid writes, whatever the template and the values (property)", () => {
    fc.assert(
      fc.property(
        pieces,
        fc.constantFrom("html", "text"),
        fc.string(),
        fc.string(),
        value,
        (parts, kind, first_name, company, plan) => {
          const source = parts.join("");
          const variables = to({ first_name, company, attributes: { plan } });
          const filled = fillIn(kind as "html" | "text", source)?.(variables) ?? null;
          if (filled !== null)
            expect(filled).toBe(
              engines[kind as "html" | "text"].parseAndRenderSync(source, variables),
            );
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("is done for templates that only place fields, and is many times as fast", async () => {
    const source = section(
      "<mj-text>Hi {{ contact.first_name | default: 'there' }} of {{ contact.company }}</mj-text>",
    );
    const content = await compileContent({
      subject: "Hello {{ contact.first_name }}",
      format: "mjml",
      body: source,
    });
    const slow = {
      ...content,
      html: `{% if true %}${content.html}{% endif %}`,
      text: `{% if true %}${content.text}{% endif %}`,
      digest: "slow",
    };
    const seconds = (what: typeof content) => {
      for (let i = 0; i < 500; i++) renderContent(what, to());
      const started = performance.now();
      for (let i = 0; i < 2000; i++) renderContent(what, to());
      return performance.now() - started;
    };
    expect(renderContent(slow, to())).toEqual(renderContent(content, to()));
    expect(seconds(slow) / seconds(content)).toBeGreaterThan(3);
  });
});
