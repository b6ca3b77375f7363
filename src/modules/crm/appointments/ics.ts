/** An appointment as a calendar file tells it. */
export interface CalendarEvent {
  /** Globally unique (RFC 5545 3.8.4.7). */
  uid: string;
  title: string;
  startsAt: Date;
  endsAt: Date;
  location: string;
  changedAt: Date;
  organizer: Party | null;
  attendees: readonly Party[];
}

interface Party {
  name: string;
  email: string;
}

/**
 * A calendar file of one event (RFC 5545): times in UTC, texts escaped (3.3.11),
 * lines of at most 75 octets folded between characters (3.1), CRLF.
 */
export function calendarFile(event: CalendarEvent): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Heed//Heed//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    "BEGIN:VEVENT",
    `UID:${event.uid}`,
    `DTSTAMP:${utc(event.changedAt)}`,
    `DTSTART:${utc(event.startsAt)}`,
    `DTEND:${utc(event.endsAt)}`,
    `SUMMARY:${escaped(event.title)}`,
    ...(event.location ? [`LOCATION:${escaped(event.location)}`] : []),
    ...(event.organizer ? [party("ORGANIZER", event.organizer)] : []),
    ...event.attendees.map((each) => party("ATTENDEE", each)),
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

function utc(moment: Date): string {
  return moment.toISOString().replace(/[-:]|\.\d+/g, "");
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, "\\$&").replace(/\r\n|\r|\n/g, "\\n");
}

/** A parameter value may hold no quotes and no control characters (3.2). */
function party(property: string, { name, email }: Party): string {
  const plain = name.replace(/"/g, "'").replace(/\p{Cc}/gu, " ");
  return `${property}${plain ? `;CN="${plain}"` : ""}:mailto:${email}`;
}

function folded(line: string): string {
  const parts: string[] = [];
  let part = "";
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > 75) {
      parts.push(part);
      part = "";
      octets = 1; // the space that begins the next line
    }
    part += character;
    octets += size;
  }
  return [...parts, part].join("\r\n ");
}
