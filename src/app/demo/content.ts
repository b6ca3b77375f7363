/** The demo's templates: one designed in MJML, two in plain text. */
export const newsletter = {
  name: "Autumn newsletter",
  subject: "What is new this autumn, {{ contact.first_name | default: 'friend' }}",
  format: "mjml" as const,
  body: `<mjml>
  <mj-head><mj-preview>Three small things we made better</mj-preview></mj-head>
  <mj-body background-color="#f4f4f2">
    <mj-section background-color="#ffffff" padding="32px">
      <mj-column>
        <mj-text font-size="24px" font-weight="bold">Hello {{ contact.first_name | default: "there" }}</mj-text>
        <mj-text font-size="16px" line-height="24px">Three small things we made better this season, and one that we took away because nobody missed it.</mj-text>
        <mj-button background-color="#1f5f4a" href="https://www.example.com/autumn">Read the whole story</mj-button>
        <mj-text font-size="14px" color="#555555">You get this because {{ contact.company | default: "your company" }} asked us to keep in touch.</mj-text>
        <mj-text font-size="13px" color="#555555"><a href="{{ unsubscribe_url }}">Unsubscribe</a></mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>`,
};

export const firstNote = {
  name: "Introduction",
  subject: "A question about {{ contact.company | default: 'your work' }}",
  format: "text" as const,
  body: `Hello {{ contact.first_name | default: "there" }},

I read about {{ contact.company | default: "your company" }} and wondered how you plan next year's deliveries.
Would a quarter of an hour next week suit you?

Kind regards
{{ sender.name }}

No more mail from us: {{ unsubscribe_url }}`,
};

export const reminder = {
  name: "Reminder",
  subject: "Re: A question about {{ contact.company | default: 'your work' }}",
  format: "text" as const,
  body: `Hello {{ contact.first_name | default: "again" }},

just in case my note went under. A "not now" is a fine answer too.

{{ sender.name }}

No more mail from us: {{ unsubscribe_url }}`,
};
