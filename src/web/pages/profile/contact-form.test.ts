import { expect, test } from "vitest";
import type { Contact } from "../../api/types.ts";
import { changesOf, formOf } from "./contact-form.ts";

const contact: Contact = {
  id: "01900000-0000-7000-8000-000000000001",
  first_name: "Ada",
  last_name: "Byron",
  company: "Analytical",
  job_title: "",
  email: "ada@example.org",
  phone: null,
  addresses: [{ channel: "email", value: "ada@example.org", primary: true }],
  attributes: { employees: 42, customer: false, city: "London" },
  owner_id: null,
  locale: null,
  stage: "new",
  sending_status: { channels: [] },
  created_at: "2026-01-01T00:00:00.000Z",
  updated_at: "2026-01-02T00:00:00.000Z",
};

test("an untouched form changes nothing", () => {
  expect(changesOf(contact, formOf(contact))).toEqual({ updated_at: contact.updated_at });
});

test("sends only what was changed, so that a colleague's edit elsewhere stays", () => {
  const form = { ...formOf(contact), company: "Engines", locale: "fr" };
  expect(changesOf(contact, form)).toEqual({
    updated_at: contact.updated_at,
    company: "Engines",
    locale: "fr",
  });
});

test("an emptied address row goes, and addresses are sent whole", () => {
  const form = formOf(contact);
  form.addresses = [
    { channel: "email", value: "" },
    { channel: "sms", value: " +32470123456 " },
  ];
  expect(changesOf(contact, form).addresses).toEqual([{ channel: "sms", value: "+32470123456" }]);
});

test("a number stays a number, a truth value a truth value, and what is taken away becomes null", () => {
  const form = formOf(contact);
  form.attributes = [
    { name: "employees", value: "43", was: 42 },
    { name: "customer", value: "true", was: false },
    { name: "note", value: "7", was: undefined },
  ];
  expect(changesOf(contact, form).attributes).toEqual({
    employees: 43,
    customer: true,
    note: "7",
    city: null,
  });
});

test("a number that is typed over with words becomes words", () => {
  const form = formOf(contact);
  form.attributes = form.attributes.map((row) =>
    row.name === "employees" ? { ...row, value: "many" } : row,
  );
  expect(changesOf(contact, form).attributes).toEqual({ employees: "many" });
});
