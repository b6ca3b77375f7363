interface Named {
  first_name: string;
  last_name: string;
  company: string;
  email: string | null;
  phone?: string | null;
}

/** What a contact is called where there is room for one line. */
export function nameOf(contact: Named): string {
  const name = `${contact.first_name} ${contact.last_name}`.trim();
  return name || contact.email || contact.phone || contact.company || "—";
}

/** The first letter in upper case, for what begins a line. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
