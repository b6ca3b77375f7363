import { fieldsOf, isLanguage, type Language } from "../consent/index.ts";
import { type Form, type FormField, formFields } from "./form.ts";

const longest = 200;

/** What a body says, whatever its kind. */
export interface FormBody {
  email: string;
  values: Partial<Record<FormField, string>>;
  language: Language | null;
  /** The field that only programs fill in is filled in. */
  trap: boolean;
}

/** Reads a body: a JSON object, urlencoded or multipart. What cannot be read is empty. */
export function fieldsOfForm(body: string): FormBody {
  const fields = body.trimStart().startsWith("{") ? fromJson(body) : fieldsOf(body);
  const values: FormBody["values"] = {};
  for (const field of formFields) {
    // One line, as a name is.
    const value = (fields.get(field) ?? "").replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
    if (value !== "") values[field] = value.slice(0, longest);
  }
  const language = fields.get("lang") ?? "";
  return {
    email: (fields.get("email") ?? "").trim(),
    values,
    language: isLanguage(language) ? language : null,
    trap: (fields.get("website") ?? "") !== "",
  };
}

function fromJson(body: string): URLSearchParams {
  try {
    const entries = Object.entries(JSON.parse(body) as object);
    return new URLSearchParams(
      entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    );
  } catch {
    return new URLSearchParams();
  }
}

/** Those of the values that this form asks for. */
export function answersOf(form: Form, values: FormBody["values"]): FormBody["values"] {
  return Object.fromEntries(
    Object.entries(values).filter(([field]) => form.fields.includes(field as FormField)),
  );
}

/** Which websites may show a form's page in a frame, and where a browser may be led after it. */
export function pageHeaders(form: Form, embedded: boolean): Record<string, string> {
  const frames = embedded ? form.origins : [];
  const target = form.redirect_url === null ? [] : [new URL(form.redirect_url).origin];
  return {
    "content-security-policy": [
      "default-src 'none'",
      "style-src 'unsafe-inline'",
      `form-action ${["'self'", ...target].join(" ")}`,
      `frame-ancestors ${["'self'", ...frames].join(" ")}`,
      "base-uri 'none'",
    ].join(";"),
  };
}
