import { describe, expect, it } from "vitest";
import { HeedError } from "../../../kernel/errors.ts";
import { type ColumnMapping, checkMapping, proposeMapping } from "./mapping.ts";

function fields(header: string[], rows: string[][] = []): (string | null)[] {
  return proposeMapping(header, rows).map((column) => column.field);
}

describe("the proposed mapping", () => {
  it.each([
    [
      "English",
      ["Email Address", "First Name", "Last name", "Company", "Job Title", "Phone Number", "Tags"],
    ],
    [
      "French",
      [
        "Adresse e-mail",
        "Prénom",
        "Nom de famille",
        "Société",
        "Fonction",
        "Téléphone portable",
        "Étiquettes",
      ],
    ],
    [
      "Spanish",
      ["Correo electrónico", "Nombre", "Apellidos", "Empresa", "Cargo", "Teléfono", "Etiquetas"],
    ],
    [
      "German",
      [
        "E-Mail-Adresse",
        "Vorname",
        "Nachname",
        "Firma",
        "Position",
        "Telefonnummer",
        "Schlagwörter",
      ],
    ],
    [
      "Dutch",
      [
        "E-mailadres",
        "Voornaam",
        "Achternaam",
        "Bedrijf",
        "Functie",
        "Mobiel nummer",
        "Trefwoorden",
      ],
    ],
  ])("reads %s headers", (_, header) => {
    expect(fields(header)).toEqual([
      "email",
      "first_name",
      "last_name",
      "company",
      "job_title",
      "phone",
      "tags",
    ]);
  });

  it("reads Mailchimp's exports", () => {
    expect(
      fields([
        "Email Address",
        "First Name",
        "Last Name",
        "MEMBER_RATING",
        "OPTIN_TIME",
        "LEID",
        "UNSUB_TIME",
        "UNSUB_CAMPAIGN_TITLE",
        "UNSUB_REASON",
        "CLEAN_TIME",
        "TAGS",
      ]),
    ).toEqual([
      "email",
      "first_name",
      "last_name",
      null,
      null,
      null,
      "unsubscribed",
      "attribute:unsub_campaign_title",
      "unsubscribed",
      "bounced",
      "tags",
    ]);
  });

  it("reads HubSpot's", () => {
    expect(
      fields(
        [
          "Record ID",
          "First Name",
          "Email",
          "Contact owner",
          "Unsubscribed from all email",
          "Opted out of email: Newsletter",
          "Email hard bounce reason",
          "Lead Status",
        ],
        [["1", "Ann", "a@b.org", "owner@b.org", "", "", "", "NEW"]],
      ),
    ).toEqual([
      null,
      "first_name",
      "email",
      "owner_email",
      "unsubscribed",
      "unsubscribed",
      "bounced",
      "status",
    ]);
  });

  it("reads Salesforce's, HighLevel's, listmonk's, Mautic's and Twenty's", () => {
    expect(
      fields([
        "FirstName",
        "Email",
        "HasOptedOutOfEmail",
        "DoNotCall",
        "EmailBouncedReason",
        "EmailBouncedDate",
        "HasOptedOutOfFax",
      ]),
    ).toEqual([
      "first_name",
      "email",
      "unsubscribed",
      "do_not_disturb_call",
      "bounced",
      "bounced",
      "attribute:has_opted_out_of_fax",
    ]);
    expect(
      fields([
        "Contact Id",
        "First Name",
        "Phone",
        "Email",
        "DND",
        "DND SMS",
        "DND WhatsApp",
        "Tags",
      ]),
    ).toEqual([
      null,
      "first_name",
      "phone",
      "email",
      "do_not_contact",
      "do_not_disturb_sms",
      "do_not_disturb_whatsapp",
      "tags",
    ]);
    expect(fields(["uuid", "email", "name", "attributes", "status", "created_at"])).toEqual([
      null,
      "email",
      "full_name",
      "attribute:attributes",
      "status",
      null,
    ]);
    expect(fields(["email", "firstname", "lastname", "doNotContact"])).toEqual([
      "email",
      "first_name",
      "last_name",
      "do_not_contact",
    ]);
    expect(
      fields([
        "Name / First Name",
        "Emails / Primary Email",
        "Phones / Primary Phone Number",
        "Phones / Primary Phone Calling Code",
      ]),
    ).toEqual(["first_name", "email", "phone", null]);
  });

  it.each([
    ["Unsubscribed", "unsubscribed"],
    ["Email opt-out", "unsubscribed"],
    ["SMS opt out", "unsubscribed_sms"],
    ["Désabonné le", "unsubscribed"],
    ["Abgemeldet am", "unsubscribed"],
    ["Uitgeschreven", "unsubscribed"],
    ["Fecha de baja", "unsubscribed"],
    ["Hard bounce", "bounced"],
    ["Spam complaint", "complained"],
    ["Do not contact", "do_not_contact"],
    ["Don't contact", "do_not_contact"],
    ["Ne pas contacter", "do_not_contact"],
    ["Nicht kontaktieren", "do_not_contact"],
    ["Blacklisted", "do_not_contact"],
    ["Do not email", "do_not_disturb_email"],
    ["Do not text", "do_not_disturb_sms"],
    ["do_not_disturb_whatsapp", "do_not_disturb_whatsapp"],
    ["Deactivated at", "deactivated"],
    ["Active", "active"],
    ["Subscription status", "status"],
    ["Statut", "status"],
    ["Marketing opt-in", "opt_in_email"],
    ["email_opt_in", "opt_in_email"],
    ["SMS Opt In", "opt_in_sms"],
    ["Subscribed", "opt_in_email"],
    ["Accepts Email Marketing", "opt_in_email"],
  ])("takes %s as a stop column", (header, field) => {
    expect(fields(["Email", header])).toEqual(["email", field]);
  });

  it("reads a name beside a first name as the last name", () => {
    expect(fields(["Vorname", "Name", "E-Mail"])).toEqual(["first_name", "last_name", "email"]);
    expect(fields(["Name", "E-Mail"])).toEqual(["full_name", "email"]);
  });

  it("takes no link, figure or list name for a wish to stop", () => {
    const rows = [
      ["a@b.org", "https://x.org/u/1", "4", "Weekly"],
      ["b@b.org", "https://x.org/u/2", "0", "Monthly"],
    ];
    expect(fields(["Email", "Unsubscribe link", "Bounce count", "Newsletter"], rows)).toEqual([
      "email",
      "attribute:unsubscribe_link",
      "attribute:bounce_count",
      "attribute:newsletter",
    ]);
  });

  it("finds addresses by the values where the header does not say", () => {
    const rows = [
      ["a@b.org", "+32 470 12 34 56", "2024-01-02"],
      ["c@d.org", "0470/123457", "2024-01-03"],
    ];
    expect(proposeMapping(["Contacto principal", "Nr", "Since"], rows)).toEqual([
      { column: "Contacto principal", field: "email", confidence: 0.6 },
      { column: "Nr", field: "phone", confidence: 0.6 },
      { column: "Since", field: "attribute:since", confidence: 0.3 },
    ]);
  });

  it("takes no spam score for a complaint", () => {
    expect(fields(["Email", "Spam score"], [["a@b.org", "0.3"]])).toEqual([
      "email",
      "attribute:spam_score",
    ]);
  });

  it("gives each field once, and what it proposes can be imported", () => {
    const header = [
      "Work email",
      "Email",
      "E-mail",
      "Mobile",
      "Phone",
      "Colour",
      "colour!",
      "日本",
    ];
    const proposed = proposeMapping(header, []);
    expect(proposed.map((column) => column.field)).toEqual([
      "attribute:work_email",
      "email",
      "attribute:e_mail",
      "phone",
      "attribute:phone",
      "attribute:colour",
      "attribute:colour_2",
      null,
    ]);
    expect(() => checkMapping(header, proposed)).not.toThrow();
  });
});

describe("a mapping that cannot be imported", () => {
  const header = ["Email", "Mail 2", "Name"];
  function refusal(mapping: ColumnMapping[]): HeedError | undefined {
    try {
      checkMapping(header, mapping);
      return undefined;
    } catch (error) {
      if (error instanceof HeedError) return error;
      throw error;
    }
  }

  it("needs an email address or a phone number, and names the columns found", () => {
    const error = refusal([{ column: "Name", field: "full_name" }]);
    expect(error?.code).toBe("import_needs_address");
    expect(error?.message).toContain('"Email", "Mail 2", "Name"');
    expect(refusal([{ column: "Mail 2", field: "phone" }])).toBeUndefined();
  });

  it.each([
    [
      "import_field_twice",
      [
        { column: "Email", field: "email" },
        { column: "Mail 2", field: "email" },
      ],
    ],
    [
      "import_column_twice",
      [
        { column: "Email", field: "email" },
        { column: "Email", field: "phone" },
      ],
    ],
    ["import_unknown_column", [{ column: "Mail", field: "email" }]],
    [
      "import_unknown_field",
      [
        { column: "Email", field: "email" },
        { column: "Name", field: "resubscribe" },
      ],
    ],
    [
      "import_unknown_field",
      [
        { column: "Email", field: "email" },
        { column: "Name", field: "attribute:" },
      ],
    ],
  ])("is %s", (code, mapping) => {
    expect(refusal(mapping as ColumnMapping[])?.code).toBe(code);
  });

  it("lets several columns stop", () => {
    expect(
      refusal([
        { column: "Email", field: "email" },
        { column: "Mail 2", field: "unsubscribed" },
        { column: "Name", field: "unsubscribed" },
      ]),
    ).toBeUndefined();
  });
});
